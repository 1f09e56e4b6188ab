import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Environment,
  isMadeFromImage,
  Target,
  targetKey,
  TargetRef,
  Targets,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  WorkloadListing,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import {
  findConfirmedSystems,
  requireWritable,
  Writable,
  writableFor,
} from './authority';
import { contestedBy } from './fieldOwners';
import { gitOpsId, gitOpsOf, undoneBy } from './gitOps';
import { Drivers } from './Drivers';
import { EnvironmentStore } from './EnvironmentStore';
import { PlaceMemory } from './PlaceMemory';
import { environmentOf } from './places';
import { TargetRecord, TargetStore } from './TargetStore';
import { unlistedWorkload } from './unlistedWorkload';
import { describeQuery, workloadQueryOf } from './workloadQuery';

/** What other rooms know of targets: rollouts and policies add theirs. */
export type TargetAnnotator = (
  targetKeys: string[],
) => Promise<
  Map<string, Pick<Target, 'activeRolloutId' | 'policyId' | 'deployedAt'>>
>;

/** A target that the server found for a component, with its authority. */
export interface FoundTarget {
  workload: WorkloadTarget;
  /** The other containers of the same workload, as far as they were listed. */
  siblings?: WorkloadTarget[];
  environment?: Environment;
  writable: Writable;
}

/** What {@link TargetService} is made of. */
export interface TargetServiceOptions {
  /** An entity of the catalog as the portal itself sees it. */
  entity(entityRef: string): Promise<Entity | undefined>;
  drivers: Drivers;
  environments: EnvironmentStore;
  memory: PlaceMemory;
  targets: TargetStore;
  registries: RegistryService;
}

/** What runs where, and what the portal may write. */
export class TargetService {
  readonly #annotators: TargetAnnotator[] = [];
  readonly #consentListeners: Array<(targetKey: string) => Promise<void>> = [];

  private constructor(private readonly options: TargetServiceOptions) {}

  static create(options: TargetServiceOptions): TargetService {
    return new TargetService(options);
  }

  addAnnotator(annotator: TargetAnnotator): void {
    this.#annotators.push(annotator);
  }

  /**
   * All containers of a component's workloads, in the environments' order.
   * @param options - `live`: as of `DeployDriver.listTargets`, for pages
   */
  async list(
    entity: Entity,
    options?: { signal?: AbortSignal; live?: boolean },
  ): Promise<Targets> {
    const query = workloadQueryOf(entity);
    const entityRef = stringifyEntityRef(entity);
    const [listing, environments] = await Promise.all([
      this.options.drivers.list(query, options),
      this.options.environments.list(),
    ]);
    const systems = await findConfirmedSystems(
      entity,
      environments,
      this.options.entity,
    );
    const keys = listing.targets.map(workload => targetKey(workload.ref));
    const [records, holds, lostPlaces, ...annotations] = await Promise.all([
      this.records(listing.targets),
      this.options.targets.holds(keys),
      this.options.memory.lostPlaces(entity, listing, environments),
      ...this.#annotators.map(annotate => annotate(keys)),
    ]);
    const items = await Promise.all(
      listing.targets.map(async (workload): Promise<Target> => {
        const key = targetKey(workload.ref);
        const environment = environmentOf(environments, workload.ref);
        return {
          ...(await this.#describe(workload, records.get(key))),
          environment: environment?.name,
          writable: writableFor(entity, workload, environment, systems),
          madeFromImage: isMadeFromImage(workload, entityRef) || undefined,
          hold: holds.get(key),
          ...Object.assign({}, ...annotations.map(found => found.get(key))),
        };
      }),
    );
    const order = new Map(environments.map((e, index) => [e.name, index]));
    const rank = (target: Target) =>
      order.get(target.environment ?? '') ?? environments.length;
    items.sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
    return {
      items,
      clusters: listing.clusters,
      lostPlaces,
      searched: describeQuery(query),
    };
  }

  /** The containers that a component's annotations find, as clusters tell. */
  async workloads(
    entity: Entity,
    options?: { signal?: AbortSignal },
  ): Promise<WorkloadListing> {
    return this.options.drivers.list(workloadQueryOf(entity), options);
  }

  /**
   * The target as its cluster tells it now, when it is one of the component's.
   * @throws NotFoundError when the component's annotations do not find it
   * @throws DriverError when its cluster cannot be asked
   */
  async find(
    entity: Entity,
    target: TargetRef,
    options?: { signal?: AbortSignal },
  ): Promise<FoundTarget> {
    const query = workloadQueryOf(entity);
    const { cluster, kind, name } = target;
    const narrowed = { ...query, cluster, workload: { kind, name } };
    if (query.cluster && query.cluster !== target.cluster) {
      throw notOfComponent(target, entity);
    }
    const [listing, environments] = await Promise.all([
      this.options.drivers.list(
        { ...narrowed, namespace: query.namespace ?? target.namespace },
        options,
      ),
      this.options.environments.list(),
    ]);
    const key = targetKey(target);
    const workload =
      listing.targets.find(found => targetKey(found.ref) === key) ??
      (await unlistedWorkload(
        this.options.drivers,
        query,
        target,
        listing,
        options,
      ));
    if (!workload) {
      throw notOfComponent(target, entity);
    }
    const environment = environmentOf(environments, target);
    const systems = await findConfirmedSystems(
      entity,
      environment ? [environment] : [],
      this.options.entity,
    );
    return {
      workload,
      siblings: listing.targets.filter(
        found => found.uid === workload.uid && found !== workload,
      ),
      environment,
      writable: writableFor(entity, workload, environment, systems),
    };
  }

  /**
   * The same, when the cluster or the environment agrees that it is the
   * component's. Its annotations alone open no other workload's pods and
   * logs, and hold nobody else's automation: its developers write them.
   * @throws NotAllowedError saying what would have to agree
   */
  async requireOwn(entity: Entity, target: TargetRef): Promise<FoundTarget> {
    const found = await this.find(entity, target);
    requireWritable(found.writable);
    return found;
  }

  /**
   * Whether the target is the component's, as {@link requireOwn} asks it.
   * @throws DriverError when its cluster cannot be asked
   */
  async owns(entity: Entity, target: TargetRef): Promise<boolean> {
    try {
      return (await this.find(entity, target)).writable.ok;
    } catch (error) {
      if (error instanceof NotFoundError) {
        return false;
      }
      throw error;
    }
  }

  /**
   * Stores that the portal may take the image field from its owners.
   * @throws ConflictError when the target may not be written at all
   */
  async consent(
    entity: Entity,
    target: TargetRef,
    author: string,
  ): Promise<void> {
    const found = await this.find(entity, target);
    if (!found.writable.ok) {
      throw refusal(
        ConflictError,
        found.writable.reason ?? because('not-writable', 'Not writable'),
      );
    }
    await this.consentTo(found.workload, author);
  }

  /** The same for a workload that was just read, and may be written. */
  async consentTo(workload: WorkloadTarget, author: string): Promise<void> {
    const key = targetKey(workload.ref);
    const gitOps = gitOpsOf(workload);
    await this.options.targets.consent(
      key,
      author,
      workload.uid,
      gitOps && gitOpsId(gitOps),
    );
    await Promise.all(this.#consentListeners.map(listener => listener(key)));
  }

  /** Called when somebody consented that the portal manages a target. */
  onConsent(listener: (targetKey: string) => Promise<void>): void {
    this.#consentListeners.push(listener);
  }

  /**
   * What the portal knows of workloads that were just read. A consent was
   * given for one workload: made again under the same name, it is another.
   */
  async records(
    workloads: WorkloadTarget[],
  ): Promise<Map<string, TargetRecord>> {
    const { targets } = this.options;
    const records = await targets.get(
      workloads.map(({ ref }) => targetKey(ref)),
    );
    for (const { ref, uid } of workloads) {
      const key = targetKey(ref);
      const record = records.get(key);
      if (record?.consent && record.consentUid === undefined) {
        await targets.bindConsent(key, uid);
      } else if (record && record.consentUid !== uid) {
        records.set(key, { ...record, consent: undefined });
      }
    }
    return records;
  }

  /** What runs in a component's containers, for inferring its sources. */
  async runningImages(
    entity: Entity,
  ): Promise<
    Array<{ container: string; environment?: string; image: string }>
  > {
    const { items } = await this.list(entity);
    return items.map(target => ({
      container: target.ref.container,
      environment: target.environment,
      image: target.image,
    }));
  }

  async #describe(
    workload: WorkloadTarget,
    record: TargetRecord | undefined,
  ): Promise<
    Omit<Target, 'environment' | 'writable' | 'hold' | 'activeRolloutId'>
  > {
    const served = await this.options.registries.findByImage(workload.image);
    return {
      key: targetKey(workload.ref),
      ref: workload.ref,
      init: workload.init,
      image: workload.image,
      digest: served?.digest ?? workload.runningDigest,
      tag: served?.tag,
      registryId: served?.registry.id,
      repository: served?.repository,
      replicas: workload.replicas,
      readyReplicas: workload.readyReplicas,
      updatedReplicas: workload.updatedReplicas,
      health: workload.health,
      reason: workload.reason,
      ...(workload.because && { because: workload.because }),
      owners: workload.owners,
      managedBy: workload.managedBy,
      undoneBy: undoneBy(workload, record),
      consent: record?.consent,
      contested: record && contestedBy(workload, record),
      desiredDigest: record?.desiredDigest,
    };
  }
}

function notOfComponent(target: TargetRef, entity: Entity): NotFoundError {
  const { cluster, container, kind, name, namespace } = target;
  const entityRef = stringifyEntityRef(entity);
  return refusal(
    NotFoundError,
    because(
      'target-not-of-component',
      `${kind} ${namespace}/${name} in ${cluster} has no container ${container} that belongs to ${entityRef}`,
      { kind, namespace, name, cluster, container, entityRef },
    ),
  );
}
