import {
  Entity,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  catalogInfo,
  componentEntity,
  CreatedWorkload,
  CreateWorkload,
  manifestYaml,
  plannedEntityRef,
  QuotaCheck,
  workloadCreatePermission,
  workloadDemand,
  workloadManifests,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import { createHash } from 'node:crypto';
import { Access, Actor } from '../access';
import { withDriverErrors, withRegistryErrors } from '../http';
import { RegistryService } from '../registries';
import { Drivers, EnvironmentStore } from '../targets';
import { CreationStore, StoredCreation } from './CreationStore';
import { requirePlace } from './requirePlace';

/** What {@link WorkloadService} is made of. */
export interface WorkloadServiceOptions {
  access: Access;
  creations: CreationStore;
  drivers: Drivers;
  environments: EnvironmentStore;
  registries: RegistryService;
}

/** A plan with everything that was looked up for it. */
interface Prepared {
  plan: WorkloadPlan;
  entityRef: string;
  entity: Entity;
  /** By digest, as it is written. */
  image: string;
}

/** Makes components from images. */
export class WorkloadService {
  private constructor(private readonly options: WorkloadServiceOptions) {}

  static create(options: WorkloadServiceOptions): WorkloadService {
    return new WorkloadService(options);
  }

  /** What would be made, and what stands against it; nothing is made. */
  async rehearse(
    actor: Actor,
    request: CreateWorkload,
  ): Promise<CreatedWorkload> {
    const prepared = await this.#prepare(actor, request);
    const taken = await this.#takenName(prepared);
    if (taken) {
      return taken;
    }
    const [rehearsed, quota] = await Promise.all([
      this.#run(prepared, true),
      this.#quota(prepared.plan),
    ]);
    return { ...rehearsed, quota };
  }

  /**
   * @param key - of an Idempotency-Key, hashed with the caller's name
   * @throws ConflictError when the key was used for something else
   */
  async create(
    actor: Actor,
    request: CreateWorkload,
    key?: string,
  ): Promise<CreatedWorkload> {
    const { creations } = this.options;
    const requestHash = hashOf(request);
    const earlier = key && (await creations.byKey(key));
    if (earlier) {
      return this.#repeat(actor, request, earlier, requestHash);
    }
    const prepared = await this.#prepare(actor, request);
    const taken = await this.#takenName(prepared);
    if (taken) {
      return taken;
    }
    const id = await creations.begin({
      entityRef: prepared.entityRef,
      author: actor.ref,
      idempotencyKey: key,
      requestHash,
      image: prepared.image,
      entity: toCatalog(prepared.entity),
    });
    if (id === undefined) {
      throw new ConflictError('The same component is being made just now');
    }
    return this.#record(id, prepared);
  }

  async #record(id: string, prepared: Prepared): Promise<CreatedWorkload> {
    const { creations } = this.options;
    let made: CreatedWorkload;
    try {
      made = await this.#run(prepared, false);
    } catch (error) {
      // The driver throws only before anything was made.
      await creations.abandon(id);
      throw error;
    }
    if (made.outcome === 'refused' || made.outcome === 'planned') {
      await creations.abandon(id);
    } else {
      await creations.finish(
        id,
        made.outcome,
        made.objects.map(({ kind, name, namespace, state, reason }) => ({
          kind,
          name,
          namespace,
          state,
          reason,
        })),
      );
    }
    return made;
  }

  /** Answers as the first time, from what was stored and the same request. */
  async #repeat(
    actor: Actor,
    request: CreateWorkload,
    earlier: StoredCreation,
    requestHash: string,
  ): Promise<CreatedWorkload> {
    if (earlier.requestHash !== requestHash) {
      throw new ConflictError(
        'This Idempotency-Key was used for another component; use a new one',
      );
    }
    if (earlier.state === 'creating') {
      throw new ConflictError('The same component is being made just now');
    }
    await this.options.access.require(actor, workloadCreatePermission);
    const manifests = workloadManifests(planOf(request), earlier);
    return {
      outcome: earlier.state,
      entityRef: earlier.entityRef,
      image: earlier.image,
      catalogInfo: catalogInfo(earlier.entity),
      problems: earlier.objects.flatMap(({ reason }) =>
        reason ? [{ path: '', reason }] : [],
      ),
      objects: earlier.objects.map((object, index) => ({
        ...object,
        manifest: manifestYaml(manifests[index]),
        warnings: [],
      })),
    };
  }

  async #prepare(actor: Actor, request: CreateWorkload): Promise<Prepared> {
    const { access, environments, registries } = this.options;
    await access.require(actor, workloadCreatePermission);
    const plan = planOf(request);
    const { registryId, repository, tag, digest } = plan.image;
    const registry = await registries.get(registryId);
    const place = registries.pullReference(registry, { repository });
    const entity = withRelations(componentEntity(plan, place), plan);
    access.requireOwnership(actor, entity);
    await requirePlace(entity, plan.place, await environments.list(), ref =>
      access.entity(ref),
    );
    if (!registries.isGranted(registry, repository, entity)) {
      throw new NotAllowedError(
        `${repository} of ${registry.name} is not granted to ${plan.owner}`,
      );
    }
    const reference = digest ?? tag;
    if (!reference) {
      throw new InputError('Invalid body: image: give a tag or a digest');
    }
    const resolved = await withRegistryErrors(async () =>
      (
        await registries.client(registryId)
      ).resolve(repository, reference, {
        priority: 'interactive',
      }),
    );
    return {
      plan,
      entity,
      entityRef: plannedEntityRef(plan),
      image: registries.pullReference(registry, {
        repository,
        tag,
        digest: resolved.digest,
      }),
    };
  }

  /** A component of the catalog keeps its name, whoever made it. */
  async #takenName(prepared: Prepared): Promise<CreatedWorkload | undefined> {
    const existing = await this.options.access.entity(prepared.entityRef);
    if (!existing) {
      return undefined;
    }
    const { name } = prepared.plan;
    return {
      ...answerOf(prepared),
      outcome: 'refused',
      objects: [],
      problems: [
        {
          path: 'name',
          reason: {
            code: 'component-exists',
            message: `The catalog has a component ${name} already; choose another name`,
            params: { name },
          },
        },
      ],
    };
  }

  /** The dry run makes no pods, so only the quotas themselves tell. */
  #quota(plan: WorkloadPlan): Promise<QuotaCheck> {
    return withDriverErrors(async () => {
      const driver = await this.options.drivers.places(plan.place);
      return driver.quotaCheck(plan.place, workloadDemand(plan));
    });
  }

  async #run(prepared: Prepared, dryRun: boolean): Promise<CreatedWorkload> {
    const result = await withDriverErrors(async () => {
      const driver = await this.options.drivers.places(prepared.plan.place);
      return driver.createWorkload(prepared, { dryRun });
    });
    return { ...answerOf(prepared), ...result };
  }
}

function planOf({ dryRun: _, ...plan }: CreateWorkload): WorkloadPlan {
  return plan;
}

function answerOf({ entityRef, entity, image }: Prepared) {
  return { entityRef, image, catalogInfo: catalogInfo(toCatalog(entity)) };
}

/** As the catalog would relate it, for rules that ask for owner and system. */
function withRelations(entity: Entity, plan: WorkloadPlan): Entity {
  return {
    ...entity,
    relations: [
      { type: RELATION_OWNED_BY, targetRef: plan.owner.toLowerCase() },
      ...(plan.system
        ? [{ type: RELATION_PART_OF, targetRef: plan.system.toLowerCase() }]
        : []),
    ],
  };
}

/** Relations are the catalog's to make. */
function toCatalog({ relations: _, ...entity }: Entity): Entity {
  return entity;
}

function hashOf(request: CreateWorkload): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
