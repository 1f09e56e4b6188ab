import { Entity } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  CreatedWorkload,
  CreateWorkload,
  QuotaCheck,
  workloadCreatePermission,
  WorkloadCreationRecord,
  workloadDemand,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { createHash } from 'node:crypto';
import { Access, Actor } from '../access';
import { withDriverErrors, withRegistryErrors } from '../http';
import { RegistryService } from '../registries';
import { Drivers, EnvironmentStore } from '../targets';
import { CreationGate } from './CreationGate';
import { CreationStore, StoredCreation } from './CreationStore';
import { findPullAccess } from './findPullAccess';
import {
  planOf,
  Prepared,
  prepareWorkload,
  toCatalog,
  unfindable,
} from './prepareWorkload';
import { answerOf, refusedFor, repeated } from './workloadAnswers';

/** What {@link WorkloadService} is made of. */
export interface WorkloadServiceOptions {
  access: Access;
  creations: CreationStore;
  drivers: Drivers;
  environments: EnvironmentStore;
  gate: CreationGate;
  registries: RegistryService;
}

const AT_WORK = because(
  'being-made',
  'The same component is being made just now',
);

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
    const prepared = await prepareWorkload(this.options, actor, request);
    const earlier = await this.#resumed(actor, request, prepared);
    const refused = await this.#refusal(actor, prepared, earlier);
    if (refused) {
      return refused;
    }
    const [rehearsed, quota, pull] = await Promise.all([
      this.#run(prepared, { dryRun: true, resume: earlier !== undefined }),
      this.#quota(prepared.plan),
      withRegistryErrors(() => findPullAccess(this.options, prepared)),
    ]);
    return { ...rehearsed, id: earlier?.id, quota, pull };
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
    const known = key && (await creations.byKey(key));
    if (known) {
      return this.#repeat(actor, request, known, requestHash);
    }
    const prepared = await prepareWorkload(this.options, actor, request);
    const earlier = await this.#resumed(actor, request, prepared);
    const refused = await this.#refusal(actor, prepared, earlier);
    if (refused) {
      return refused;
    }
    if (earlier) {
      return this.#resume(earlier, prepared);
    }
    const id = await creations.begin({
      entityRef: prepared.entityRef,
      author: actor.ref,
      idempotencyKey: key,
      requestHash,
      image: prepared.image,
      entity: toCatalog(prepared.entity),
      existed: prepared.existed,
    });
    if (id === undefined) {
      throw refusal(ConflictError, AT_WORK);
    }
    return this.#record(id, prepared, { resume: false }, () =>
      creations.abandon(id),
    );
  }

  /**
   * @throws NotFoundError also for what is of a component that the actor does
   * not own
   */
  async get(actor: Actor, id: string): Promise<WorkloadCreationRecord> {
    await this.options.access.require(actor, workloadCreatePermission);
    const creation = await this.#own(actor, id);
    const { state, entityRef, entity, existed, image, objects } = creation;
    const known = { id, state, entityRef, existed, image, objects };
    return { ...known, entity: { ...entity } };
  }

  async #own(actor: Actor, id: string): Promise<StoredCreation> {
    const creation = await this.options.creations.get(id);
    // What the catalog says now counts, else what it was to be told.
    const entity =
      creation && (await this.options.access.entity(creation.entityRef));
    const isAuthor = creation?.author === actor.ref;
    if (!creation || !(isAuthor || (entity && this.#owns(actor, entity)))) {
      throw refusal(
        NotFoundError,
        because('nothing-begun', `Nothing was begun under ${id}`, { id }),
      );
    }
    return creation;
  }

  #owns(actor: Actor, entity: Entity): boolean {
    try {
      this.options.access.requireOwnership(actor, entity);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * The creation that a request goes on with.
   * @throws NotFoundError, or ConflictError when it is another component
   */
  async #resumed(
    actor: Actor,
    { resume }: CreateWorkload,
    { entityRef }: Prepared,
  ): Promise<StoredCreation | undefined> {
    if (!resume) {
      return undefined;
    }
    const earlier = await this.#own(actor, resume);
    if (earlier.entityRef !== entityRef) {
      throw refusal(
        ConflictError,
        because(
          'resume-other-component',
          `What stopped half-way is ${earlier.entityRef}; go on with that, or begin anew`,
          { entityRef: earlier.entityRef },
        ),
      );
    }
    return earlier;
  }

  async #resume(
    earlier: StoredCreation,
    prepared: Prepared,
  ): Promise<CreatedWorkload> {
    const { creations } = this.options;
    if (earlier.state === 'created') {
      return repeated(earlier, prepared.plan, prepared.kubernetesId);
    }
    if (!(await creations.claim(earlier.id))) {
      throw refusal(ConflictError, AT_WORK);
    }
    return this.#record(earlier.id, prepared, { resume: true }, () =>
      creations.finish(earlier.id, 'partial', earlier.objects),
    );
  }

  /** @param giveUp - puts the record back when nothing more was made */
  async #record(
    id: string,
    prepared: Prepared,
    options: { resume: boolean },
    giveUp: () => Promise<void>,
  ): Promise<CreatedWorkload> {
    let made: CreatedWorkload;
    try {
      made = await this.#run(prepared, options);
    } catch (error) {
      // The driver throws only before anything was made.
      await giveUp();
      throw error;
    }
    if (made.outcome === 'refused' || made.outcome === 'planned') {
      await giveUp();
      return made;
    }
    await this.options.creations.finish(
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
    return { ...made, id };
  }

  /** Answers as the first time, from what was stored and the same request. */
  async #repeat(
    actor: Actor,
    request: CreateWorkload,
    earlier: StoredCreation,
    requestHash: string,
  ): Promise<CreatedWorkload> {
    if (earlier.requestHash !== requestHash) {
      throw refusal(
        ConflictError,
        because(
          'key-of-other-component',
          'This Idempotency-Key was used for another component; use a new one',
        ),
      );
    }
    if (earlier.state === 'creating') {
      // After a while nobody works on it any more: a process was killed.
      const prepared = await prepareWorkload(this.options, actor, request);
      return this.#resume(earlier, prepared);
    }
    await this.options.access.require(actor, workloadCreatePermission);
    return repeated(earlier, planOf(request));
  }

  /**
   * What stands against it before the cluster is asked. A component of the
   * catalog keeps its name, whoever made it.
   */
  async #refusal(
    actor: Actor,
    prepared: Prepared,
    earlier: StoredCreation | undefined,
  ): Promise<CreatedWorkload | undefined> {
    const problems = await this.options.gate.problems(prepared);
    if (prepared.existed) {
      return refusedFor(prepared, [...unfindable(prepared), ...problems]);
    }
    const existing = await this.options.access.entity(prepared.entityRef);
    if (!existing) {
      return refusedFor(prepared, problems);
    }
    if (earlier) {
      // Somebody else's catalog-info.yaml may have taken the name meanwhile.
      this.options.access.requireOwnership(actor, existing);
      return refusedFor(prepared, problems);
    }
    const { name } = prepared.plan;
    return refusedFor(prepared, [
      ...problems,
      {
        path: 'name',
        reason: {
          code: 'component-exists',
          message: `The catalog has a component ${name} already; choose another name`,
          params: { name },
        },
      },
    ]);
  }

  /** The dry run makes no pods, so only the quotas themselves tell. */
  #quota(plan: WorkloadPlan): Promise<QuotaCheck> {
    return withDriverErrors(async () => {
      const driver = await this.options.drivers.places(plan.place);
      return driver.quotaCheck(plan.place, workloadDemand(plan));
    });
  }

  async #run(
    prepared: Prepared,
    options: { dryRun?: boolean; resume?: boolean },
  ): Promise<CreatedWorkload> {
    const result = await withDriverErrors(async () => {
      const driver = await this.options.drivers.places(prepared.plan.place);
      return driver.createWorkload(prepared, options);
    });
    const stopped =
      result.outcome === 'refused' &&
      result.objects.some(({ state }) => state === 'made');
    return {
      ...answerOf(prepared),
      ...result,
      ...(stopped && { outcome: 'partial' as const }),
    };
  }
}

function hashOf(request: CreateWorkload): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
