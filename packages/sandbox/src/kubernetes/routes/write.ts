import { assertAdmitted } from '../admission/admit';
import { validate } from '../admission/validation';
import { withDefaults } from '../admission/defaults';
import { Manager } from '../apply/managers';
import { applyConfiguration } from '../apply/ownership';
import { schemaOf } from '../apply/schemas';
import { assertAllowed } from '../access/rbac';
import { generatedName } from '../names';
import { AnyObject, Json, JsonObject, ObjectMeta } from '../objects';
import { jsonPatch } from '../patch/json-patch';
import { mergePatch } from '../patch/merge-patch';
import { strategicMerge } from '../patch/strategic-merge';
import { apiVersionOf, namespaces } from '../resources/kinds';
import {
  StatusError,
  badRequest,
  invalid,
  notFound,
  operationConflict,
} from '../status';
import {
  assertNameMatches,
  assertNamespaceMatches,
  assertVersion,
  restored,
  withIdentity,
  withoutVersion,
} from './metadata';
import {
  Answer,
  ResourceRequest,
  contentTypeOf,
  isDryRun,
  isOn,
  managerName,
  ok,
  parseBody,
  parseObject,
} from './request';
import { warnOfUnknownFields, withoutUnknownFields } from './strict';

/** POST of a new object. */
export function createObject(request: ResourceRequest): Answer {
  const { cluster, resource, namespace } = request;
  const dryRun = isDryRun(request, 'CreateOptions');
  const body = parseObject(request);
  const warnings = warnOfUnknownFields(request, body);
  const metadata = (body.metadata ?? {}) as Partial<ObjectMeta>;
  assertNamespaceMatches(request, metadata);
  const object = {
    ...withoutUnknownFields(request, body),
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      ...metadata,
      name: metadata.name ?? generatedName(metadata.generateName),
      ...(resource.namespaced && { namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      managedFields: undefined,
    },
  } as AnyObject;
  assertAdmitted(cluster, resource, object);
  const created = cluster.create(resource, object, {
    manager: updater(request),
    dryRun,
  });
  return {
    ...ok(dryRun ? withoutVersion(created) : created, 201),
    ...(warnings && { headers: { Warning: warnings } }),
  };
}

/** PUT of a whole object. */
export function updateObject(request: ResourceRequest): Answer {
  const { cluster, resource } = request;
  const dryRun = isDryRun(request, 'UpdateOptions');
  const body = parseObject(request) as unknown as AnyObject;
  assertNameMatches(request, body.metadata);
  const live = liveObject(request);
  assertVersion(request, live, body.metadata);
  return ok(
    cluster.update(resource, live, restored(body, live), {
      manager: updater(request),
      dryRun,
    }),
  );
}

/** PATCH in each of its four forms. */
export function patchObject(request: ResourceRequest): Answer {
  const contentType = contentTypeOf(request.headers);
  if (contentType === 'application/apply-patch+yaml') {
    return applyPatch(request);
  }
  const { cluster, resource } = request;
  const dryRun = isDryRun(request, 'PatchOptions');
  const live = liveObject(request);
  const patched = patch(contentType, live, request) as unknown as AnyObject;
  assertNameMatches(request, patched.metadata);
  assertVersion(request, live, patched.metadata);
  return ok(
    cluster.update(resource, live, restored(patched, live), {
      manager: updater(request),
      dryRun,
    }),
  );
}

function patch(
  contentType: string,
  live: AnyObject,
  request: ResourceRequest,
): Json {
  const target = live as unknown as Json;
  switch (contentType) {
    case 'application/merge-patch+json':
      return mergePatch(target, parseObject(request));
    case 'application/strategic-merge-patch+json':
      return strategicMerge(
        target,
        parseObject(request),
        schemaOf(request.resource),
      );
    case 'application/json-patch+json':
      return jsonPatch(target, parseBody(request));
    default:
      throw new StatusError(
        415,
        'UnsupportedMediaType',
        '415: Unsupported Media Type',
        {},
      );
  }
}

/** Server-side apply: the checks in the order of the recordings (01b, 01c). */
function applyPatch(request: ResourceRequest): Answer {
  const { cluster, resource, namespace, name = '', query } = request;
  const dryRun = isDryRun(request, 'PatchOptions');
  const fieldManager = query.get('fieldManager');
  if (!fieldManager) {
    throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions', name: '' }, [
      {
        field: 'fieldManager',
        type: 'Required',
        message: 'Required value: is required for apply patch',
      },
    ]);
  }
  const body = parseObject(request);
  assertKind(request, body);
  const given = (body.metadata ?? {}) as Partial<ObjectMeta>;
  if (given.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const live = cluster.store.get(resource, namespace, name);
  if (!live) {
    assertCreatable(request, given.uid);
  }
  const applied = applyConfiguration({
    resource,
    live,
    applied: body,
    manager: {
      name: fieldManager,
      operation: 'Apply',
      apiVersion: apiVersionOf(resource),
    },
    force: isOn(query, 'force'),
    complete: object => withDefaults(resource, object),
  });
  assertNameMatches(request, given);
  assertNamespaceMatches(request, given);
  if (!live) {
    const created = withIdentity(applied, request);
    validate(resource, created);
    assertAdmitted(cluster, resource, created);
    const answer = cluster.insert(resource, created, dryRun);
    return ok(dryRun ? withoutVersion(answer) : answer, 201);
  }
  assertVersion(request, live, given);
  const next = restored(applied, live);
  validate(resource, next, live);
  cluster.policies.assertAllowed(resource, next);
  return ok(cluster.replace(resource, live, next, dryRun));
}

function assertKind(request: ResourceRequest, body: JsonObject): void {
  const expected = apiVersionOf(request.resource);
  if (body.apiVersion !== expected || body.kind !== request.resource.kind) {
    const version = String(body.apiVersion ?? '');
    throw badRequest(
      `invalid object type: ${version || '/'}, Kind=${body.kind ?? ''}`,
    );
  }
}

/** An apply of an absent object creates it; a uid says that it must exist. */
function assertCreatable(
  request: ResourceRequest,
  uid: string | undefined,
): void {
  const { resource, namespace, name = '', identity, cluster } = request;
  if (
    resource.namespaced &&
    !cluster.store.get(namespaces, undefined, namespace ?? '')
  ) {
    throw notFound(namespaces, namespace ?? '');
  }
  if (uid) {
    throw operationConflict(
      resource,
      name,
      `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    );
  }
  assertAllowed(identity, {
    verb: 'create',
    group: resource.group,
    plural: resource.plural,
    namespace,
    name,
  });
}

function liveObject(request: ResourceRequest): AnyObject {
  const { cluster, resource, namespace, name = '' } = request;
  const live = cluster.store.get(resource, namespace, name);
  if (!live) {
    throw notFound(resource, name);
  }
  return live;
}

function updater(request: ResourceRequest): Manager {
  return {
    name: managerName(request),
    operation: 'Update',
    apiVersion: apiVersionOf(request.resource),
  };
}
