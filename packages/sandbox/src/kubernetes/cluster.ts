import { randomUUID } from 'node:crypto';
import { withDefaults } from './admission/defaults';
import { withAccountSecrets } from './admission/service-account';
import { AdmissionPolicies } from './admission/policies';
import { validate } from './admission/validation';
import { sameJson } from './apply/compare';
import { Manager } from './apply/managers';
import { isUnchanged, trackUpdate } from './apply/ownership';
import { Clock } from './clock';
import { AnyObject, ApiObject, timestamp } from './objects';
import {
  RESOURCE_KINDS,
  ResourceKind,
  namespaces,
  pods,
} from './resources/kinds';
import { alreadyExists, notFound } from './status';
import { ObjectStore } from './storage/object-store';
import { WatchHub } from './storage/watch-hub';

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** Who writes, and whether it is only a rehearsal. */
export interface WriteOptions {
  manager: Manager;
  dryRun?: boolean;
}

/**
 * The simulated cluster's state and the one way to change it. Routes and
 * controllers write through it, so that defaults, generations and field
 * ownership are the same for all.
 */
export class Cluster {
  static create(options: { clock: Clock; addOns?: boolean }): Cluster {
    const store = ObjectStore.create();
    return new Cluster(
      store,
      WatchHub.create(store),
      options.clock,
      RESOURCE_KINDS.filter(({ addOn }) => !addOn || options.addOns === true),
    );
  }

  private constructor(
    readonly store: ObjectStore,
    readonly watches: WatchHub,
    readonly clock: Clock,
    /** What its API serves. */
    readonly kinds: readonly ResourceKind[],
  ) {}

  /** What is refused beyond validation, on demand. */
  readonly policies = AdmissionPolicies.create();

  /**
   * Stores a new object.
   *
   * @throws StatusError 404 without its namespace, 409 if the name is taken,
   *   422 if it is invalid
   */
  create<T extends ApiObject>(
    resource: ResourceKind,
    given: T,
    options: WriteOptions,
  ): T {
    const completed = withDefaults(resource, asAny(given));
    const object =
      resource === pods ? withAccountSecrets(this.store, completed) : completed;
    this.assertNamespace(resource, object.metadata.namespace);
    validate(resource, object);
    const { namespace, name } = object.metadata;
    if (this.store.get(resource, namespace, name)) {
      throw alreadyExists(resource, name);
    }
    return this.insert(
      resource,
      trackUpdate(
        resource,
        undefined,
        withTemplateGeneration(resource, object, undefined),
        options.manager,
      ),
      options.dryRun,
    ) as unknown as T;
  }

  /** Stores a new object that carries its managedFields already. */
  insert(
    resource: ResourceKind,
    object: AnyObject,
    dryRun: boolean | undefined,
  ): AnyObject {
    this.assertNamespace(resource, object.metadata.namespace);
    if (!dryRun) {
      return this.store.insert(resource, object);
    }
    return {
      ...object,
      metadata: {
        ...object.metadata,
        uid: randomUUID(),
        creationTimestamp: timestamp(),
        ...(resource.counted && { generation: 1 }),
      },
    };
  }

  /**
   * Replaces a stored object, its version being the optimistic lock.
   *
   * @throws StatusError 409 if it was written meanwhile, 422 if invalid
   */
  update<T extends ApiObject>(
    resource: ResourceKind,
    before: T,
    given: T,
    options: WriteOptions,
  ): T {
    const after = withDefaults(resource, asAny(given));
    validate(resource, after, asAny(before));
    const tracked = trackUpdate(
      resource,
      asAny(before),
      withTemplateGeneration(resource, after, asAny(before)),
      options.manager,
    );
    return this.replace(
      resource,
      asAny(before),
      tracked,
      options.dryRun,
    ) as unknown as T;
  }

  /** Replaces an object that carries its managedFields already. */
  replace(
    resource: ResourceKind,
    before: AnyObject,
    after: AnyObject,
    dryRun: boolean | undefined,
  ): AnyObject {
    const next = withGeneration(
      resource,
      withTemplateGeneration(resource, after, before),
      before,
    );
    if (isUnchanged(before, next)) {
      return before;
    }
    return dryRun ? next : this.store.replace(resource, next);
  }

  /** Writes the status of an object, as controllers do. */
  updateStatus<T extends ApiObject & { status: object }>(
    resource: ResourceKind,
    object: T,
    manager: string,
  ): T {
    const { namespace, name } = object.metadata;
    const before = this.store.get<T>(resource, namespace, name);
    if (!before) {
      throw notFound(resource, name);
    }
    const tracked = trackUpdate(resource, asAny(before), asAny(object), {
      name: manager,
      operation: 'Update',
      apiVersion: object.apiVersion,
      subresource: 'status',
    });
    return isUnchanged(asAny(before), tracked)
      ? before
      : (this.store.replace(resource, tracked) as unknown as T);
  }

  private assertNamespace(
    resource: ResourceKind,
    namespace: string | undefined,
  ): void {
    if (
      resource.namespaced &&
      !this.store.get(namespaces, undefined, namespace ?? '')
    ) {
      throw notFound(namespaces, namespace ?? '');
    }
  }
}

/** metadata.generation counts the changes of what is wished for. */
function withGeneration(
  resource: ResourceKind,
  after: AnyObject,
  before: AnyObject,
): AnyObject {
  const generation = before.metadata.generation;
  if (!resource.counted || generation === undefined) {
    return after;
  }
  const isDeleted =
    after.metadata.deletionTimestamp !== undefined &&
    before.metadata.deletionTimestamp === undefined;
  const changed = isDeleted || !sameJson(after.spec, before.spec);
  return {
    ...after,
    metadata: {
      ...after.metadata,
      generation: changed ? generation + 1 : generation,
    },
  };
}

/** DaemonSets also count the changes of their template, in an annotation. */
function withTemplateGeneration(
  resource: ResourceKind,
  after: AnyObject,
  before: AnyObject | undefined,
): AnyObject {
  if (resource.kind !== 'DaemonSet') {
    return after;
  }
  const known = Number(
    before?.metadata.annotations?.[TEMPLATE_GENERATION] ?? '0',
  );
  const isNew = !sameJson(templateOf(after), before && templateOf(before));
  return {
    ...after,
    metadata: {
      ...after.metadata,
      annotations: {
        ...after.metadata.annotations,
        [TEMPLATE_GENERATION]: String(isNew ? known + 1 : known),
      },
    },
  };
}

function templateOf(object: AnyObject): unknown {
  return (object.spec as { template?: unknown } | undefined)?.template;
}

function asAny(object: ApiObject): AnyObject {
  return object as AnyObject;
}
