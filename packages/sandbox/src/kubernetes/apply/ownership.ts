import { AnyObject, Json, JsonObject } from '../objects';
import { ResourceKind } from '../resources/kinds';
import { compare, sameJson } from './compare';
import { fieldConflict } from './conflicts';
import { FieldSet, fieldsOf } from './field-set';
import { Manager, Managers } from './managers';
import { merge, prune } from './merge';
import { schemaOf } from './schemas';
import { assertTyped } from './typed';

/** metadata that no one owns: identity and bookkeeping of the server. */
const UNOWNED_METADATA = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'selfLink',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
];

/** Fields that exist, if empty, before a new object's first field is set. */
const EMPTY_TEMPLATE = { metadata: {}, spec: { containers: null } };
const EMPTY_OBJECTS: Record<string, JsonObject> = {
  Deployment: {
    spec: { selector: null, template: EMPTY_TEMPLATE, strategy: {} },
    status: {},
  },
  ReplicaSet: {
    spec: { selector: null, template: EMPTY_TEMPLATE },
    status: {},
  },
  StatefulSet: {
    spec: { selector: null, template: EMPTY_TEMPLATE, updateStrategy: {} },
    status: {},
  },
  DaemonSet: {
    spec: { selector: null, template: EMPTY_TEMPLATE, updateStrategy: {} },
    status: {},
  },
  CronJob: {
    spec: { jobTemplate: { metadata: {}, spec: { template: EMPTY_TEMPLATE } } },
    status: {},
  },
  Pod: { spec: { containers: null }, status: {} },
  Event: { source: {}, metadata: {} },
};

/**
 * Records who set which field when an object is written outright (create,
 * PUT, merge patch, a controller). Such a write never conflicts.
 *
 * @param before - undefined when the object is new
 * @returns the object with its metadata.managedFields
 */
export function trackUpdate(
  resource: ResourceKind,
  before: AnyObject | undefined,
  after: AnyObject,
  manager: Manager,
): AnyObject {
  const schema = schemaOf(resource);
  const empty: JsonObject = { metadata: {}, ...EMPTY_OBJECTS[resource.kind] };
  const { changed, removed } = compare(
    before ? ownedPart(before, manager) : empty,
    ownedPart(after, manager),
    schema,
  );
  const managers = Managers.fromEntries(before?.metadata.managedFields);
  const own = managers.fieldsOf(manager).union(changed);
  return withManagers(
    after,
    managers.takenBy(manager, changed).with(manager, own).without(removed),
  );
}

/** Writes `applied` over `live` as one manager, tracking ownership. */
export interface ApplyRequest {
  resource: ResourceKind;
  live?: AnyObject;
  applied: JsonObject;
  manager: Manager;
  force: boolean;
  /** Fills defaults, so that what is compared is what would be stored. */
  complete(object: AnyObject): AnyObject;
}

/**
 * Server-side apply
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/).
 *
 * @returns the object to store, with managedFields; not yet validated
 * @throws StatusError 500 for fields that the kind does not have, 409 with
 *   one cause for each field of another manager that would change
 */
export function applyConfiguration(request: ApplyRequest): AnyObject {
  const { resource, live, applied, manager } = request;
  const schema = schemaOf(resource);
  assertTyped(applied, schema);
  const configuration = ownedPart(applied, manager);
  const fields = fieldsOf(configuration, schema);
  const before = ownersOf(live, request);
  const dropped = before.fieldsOf(manager).without(fields);
  const managers = before.with(manager, fields);

  const base: Json = live ? asJson(live) : identityOf(applied);
  const merged = merge(base, applied, schema);
  const pruned = prune(merged, schema, dropped, managers.all());
  const complete = request.complete(asObject(pruned));

  const difference = live
    ? compare(ownedPart(live, manager), ownedPart(complete, manager), schema)
    : { changed: FieldSet.empty, removed: FieldSet.empty };
  const conflicts = managers.othersOf(manager, difference.changed);
  if (conflicts.length > 0 && !request.force) {
    throw fieldConflict(conflicts);
  }
  return withManagers(
    complete,
    managers.takenBy(manager, difference.changed).without(difference.removed),
  );
}

/** Who owns what nobody is known to have written, as an apply finds it. */
function ownersOf(
  live: AnyObject | undefined,
  { resource, manager }: Pick<ApplyRequest, 'resource' | 'manager'>,
): Managers {
  const known = Managers.fromEntries(live?.metadata.managedFields);
  if (!live || live.metadata.managedFields?.length) {
    return known;
  }
  const nobody: Manager = {
    name: 'before-first-apply',
    operation: 'Update',
    apiVersion: manager.apiVersion,
  };
  const fields = fieldsOf(ownedPart(live, manager), schemaOf(resource));
  return known.with(nobody, fields);
}

/** Whether a write changes nothing that is stored. */
export function isUnchanged(before: AnyObject, after: AnyObject): boolean {
  return sameJson(withoutTimes(before), withoutTimes(after));
}

function withoutTimes(object: AnyObject): unknown {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: object.metadata.managedFields?.map(entry => ({
        ...entry,
        time: undefined,
      })),
    },
  };
}

function withManagers(object: AnyObject, managers: Managers): AnyObject {
  const entries = managers.toEntries();
  return {
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: entries.length > 0 ? entries : undefined,
    },
  };
}

/**
 * The part of an object that a write of this manager can own: the main
 * resource does not write status, the status subresource little else.
 */
function ownedPart(object: object, manager: Manager): JsonObject {
  const {
    kind: _kind,
    apiVersion: _apiVersion,
    metadata,
    ...rest
  } = object as JsonObject & { metadata?: JsonObject };
  const ownedMetadata = { ...metadata };
  for (const name of UNOWNED_METADATA) {
    delete ownedMetadata[name];
  }
  const part: JsonObject = { metadata: ownedMetadata, ...rest };
  if (manager.subresource === 'status') {
    delete part.spec;
  } else {
    delete part.status;
  }
  return Object.keys(ownedMetadata).length > 0 || manager.operation !== 'Apply'
    ? part
    : withoutMetadata(part);
}

function withoutMetadata(part: JsonObject): JsonObject {
  const { metadata: _metadata, ...rest } = part;
  return rest;
}

function identityOf(applied: JsonObject): JsonObject {
  const { namespace, name } = (applied.metadata ?? {}) as JsonObject;
  return {
    kind: applied.kind,
    apiVersion: applied.apiVersion,
    metadata: { name, namespace },
  };
}

function asJson(object: AnyObject): Json {
  return object as unknown as Json;
}

function asObject(value: Json): AnyObject {
  return value as unknown as AnyObject;
}
