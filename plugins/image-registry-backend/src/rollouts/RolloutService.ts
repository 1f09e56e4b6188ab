import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  CreateRollout,
  deploymentCreatePermission,
  deploymentRollbackPermission,
  isCancellable,
  Reason,
  RollBackRollout,
  Rollout,
  RolloutAction,
  RolloutDiff,
  targetConsentPermission,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { Access, Actor, ownersOf } from '../access';
import { withDriverErrors } from '../http';
import { Notices } from '../protection';
import { RegistryService } from '../registries';
import { requireWritable, TargetService, TargetStore } from '../targets';
import { DeployPreviewer } from './DeployPreviewer';
import {
  ContainerPlan,
  containersOf,
  DeployPlan,
  DeployPlanner,
  needsConsent,
  refuseObstacles,
} from './DeployPlanner';
import { hashIdempotencyKey, requireSameWish } from './idempotency';
import { returningOthers, StoredOther, targetKeysOf } from './others';
import { rolloutReasons } from './reasons';
import { ManualDeployHook } from './RolloutAutomation';
import { ManualReturns } from './return';
import { RolloutQueue } from './RolloutQueue';
import { RolloutStore } from './RolloutStore';
import { seenFrom } from './RolloutTargets';
import { requireStillThere } from './stillThere';
import { NewRollout, StoredRollout, toApi } from './StoredRollout';
import { WriteAttempts } from './WriteAttempts';

/** What {@link RolloutService} is made of. */
export interface RolloutServiceOptions {
  access: Access;
  attempts: Pick<WriteAttempts, 'mayStillLand'>;
  notices: Notices;
  planner: DeployPlanner;
  previewer: DeployPreviewer;
  queue: RolloutQueue;
  returns: ManualReturns;
  registries: RegistryService;
  rollouts: RolloutStore;
  targets: TargetService;
  targetStore: TargetStore;
}

/** Deploys, rollbacks, retries and cancels that people and services ask for. */
export class RolloutService {
  readonly #hooks: ManualDeployHook[] = [];

  constructor(private readonly options: RolloutServiceOptions) {}

  addManualDeployHook(hook: ManualDeployHook): void {
    this.#hooks.push(hook);
  }

  /**
   * What a deploy would change and what stands against it.
   * @throws NotAllowedError before the cluster is asked, when the target may
   * not be written
   */
  async diff(actor: Actor, request: CreateRollout): Promise<RolloutDiff> {
    const plan = await this.options.planner.plan(actor, request);
    return this.options.previewer.preview(actor, request, plan);
  }

  /**
   * @param idempotencyKey - the same key of the same caller answers the rollout
   * that the first request made
   * @throws ConflictError when the same key came with another wish
   */
  async create(
    actor: Actor,
    request: CreateRollout,
    idempotencyKey: string | undefined,
  ): Promise<Rollout> {
    const key = idempotencyKey && hashIdempotencyKey(actor, idempotencyKey);
    const earlier =
      key && (await this.options.rollouts.findByIdempotencyKey(key));
    if (earlier) {
      const entity = await this.options.planner.requireEntity(actor, request);
      requireSameWish(earlier, request, stringifyEntityRef(entity));
      return toApi(earlier);
    }
    const plan = await this.options.planner.plan(actor, request);
    refuseObstacles(plan, request);
    await this.#takeConsents(actor, request, plan);
    const rollout = await this.#enqueue(
      {
        id: randomUUID(),
        entityRef: stringifyEntityRef(plan.entity),
        targetKey: targetKey(request.target),
        environment: plan.found.environment?.name,
        image: plan.image,
        others:
          plan.others.length > 0 ? plan.others.map(storedOther) : undefined,
        cause: 'person',
        author: actor.ref,
        note: request.reason,
        idempotencyKey: key,
        emergency: request.emergency,
        owners: ownersOf(plan.entity),
      },
      request,
    );
    if (request.emergency) {
      const { notices } = this.options;
      void notices.emergencyDeployed(
        rollout,
        actor.ref,
        request.emergency.reason,
      );
    }
    return rollout;
  }

  /** Returns the target to what ran before a rollout, or earlier. */
  async rollback(
    actor: Actor,
    id: string,
    action: RollBackRollout,
  ): Promise<Rollout> {
    const origin = await this.options.rollouts.get(id);
    const entity = await this.options.access.requireEntity(
      actor,
      origin.entityRef,
      deploymentRollbackPermission,
    );
    if (!origin.startedAt) {
      throw refusal(
        ConflictError,
        because(
          'rollout-never-began',
          'This rollout never began, so there is nothing to return from',
        ),
      );
    }
    await this.#requireStillThere(returningOthers(origin));
    return this.#repeat(actor, entity, origin, {
      cause: 'rollback',
      image: await this.options.returns.choose(origin, action.digest),
      note: action.reason,
    });
  }

  /** Deploys the same digest again. */
  async retry(
    actor: Actor,
    id: string,
    action: RolloutAction,
  ): Promise<Rollout> {
    const origin = await this.options.rollouts.get(id);
    const entity = await this.options.access.requireEntity(
      actor,
      origin.entityRef,
      deploymentCreatePermission,
    );
    await requireStillThere(this.options.registries, origin.image);
    await this.#requireStillThere(origin.others);
    return this.#repeat(actor, entity, origin, {
      cause: 'retry',
      image: origin.image,
      note: action.reason,
    });
  }

  /**
   * What was written stays: a rollout can be cancelled until its write is known
   * to have taken effect, and says then what is known of it.
   * @throws ConflictError when it is under way or over already
   */
  async cancel(actor: Actor, id: string): Promise<Rollout> {
    const { access, rollouts, targetStore, queue } = this.options;
    const before = await rollouts.get(id);
    await access.requireEntity(
      actor,
      before.entityRef,
      deploymentCreatePermission,
    );
    await rollouts.transaction(async trx => {
      await targetStore.lock(trx, before.targetKey);
      const rollout = await rollouts.get(id, trx);
      if (!isCancellable(rollout)) {
        throw refusal(
          ConflictError,
          because(
            'only-unwritten-cancelled',
            `Only what is queued or waiting, or was not written yet, can be cancelled; this rollout is ${rollout.state}`,
          ),
        );
      }
      await queue.cancel(
        trx,
        rollout,
        await this.#cancellation(trx, rollout, actor),
      );
    });
    queue.changed(before);
    return toApi(await rollouts.get(id));
  }

  /** Says what is known of writes that were tried. */
  async #cancellation(
    trx: Knex.Transaction,
    { id, state, writeTries }: StoredRollout,
    { ref }: Actor,
  ): Promise<Reason> {
    if (
      state === 'applying' ||
      (await this.options.attempts.mayStillLand(trx, id))
    ) {
      return rolloutReasons.cancelledUnanswered(ref);
    }
    return writeTries > 0
      ? rolloutReasons.cancelledUnwritten(ref)
      : rolloutReasons.cancelled(ref);
  }

  async #requireStillThere(others: StoredOther[] = []): Promise<void> {
    await Promise.all(
      others.map(({ image }) =>
        requireStillThere(this.options.registries, image),
      ),
    );
  }

  async #takeConsents(
    actor: Actor,
    request: CreateRollout,
    plan: DeployPlan,
  ): Promise<void> {
    const asked = containersOf(plan).filter(needsConsent);
    if (asked.length === 0) {
      return;
    }
    if (!request.consent) {
      const { undoneBy, owners } = asked[0];
      const reason = undoneBy ?? rolloutReasons.needsConsent(owners.join(', '));
      if (!undoneBy) {
        throw refusal(ConflictError, reason);
      }
      const remedy = because(
        'deploy-with-consent',
        'Deploy it with consent if that is meant',
      );
      throw Object.assign(
        new ConflictError(
          `${reason.message}; deploy it with consent if that is meant`,
        ),
        { reason, remedy },
      );
    }
    await this.options.access.requireEntity(
      actor,
      request.entityRef,
      targetConsentPermission,
    );
    for (const { found } of asked) {
      await this.options.targets.consentTo(found.workload, actor.ref);
    }
  }

  async #repeat(
    actor: Actor,
    entity: Entity,
    origin: StoredRollout,
    what: Pick<NewRollout, 'cause' | 'image' | 'note'>,
  ): Promise<Rollout> {
    const found = await withDriverErrors(() =>
      this.options.targets.find(entity, origin.target),
    );
    requireWritable(found.writable);
    return this.#enqueue({
      id: randomUUID(),
      entityRef: origin.entityRef,
      targetKey: origin.targetKey,
      environment: found.environment?.name,
      author: actor.ref,
      originId: origin.id,
      owners: ownersOf(entity),
      others:
        what.cause === 'rollback'
          ? returningOthers(origin)
          : origin.others?.map(({ container, image }) => ({
              container,
              image,
            })),
      ...what,
    });
  }

  async #enqueue(
    rollout: NewRollout,
    request?: CreateRollout,
  ): Promise<Rollout> {
    const key = rollout.idempotencyKey;
    const { rollouts, queue } = this.options;
    try {
      const stored = await rollouts.transaction(async trx => {
        const inserted = await queue.enqueue(trx, rollout);
        for (const hook of this.#hooks) {
          for (const target of targetKeysOf(inserted)) {
            await hook(trx, seenFrom(inserted, target));
          }
        }
        return inserted;
      });
      queue.announce(stored);
      return toApi(stored);
    } catch (error) {
      const twin =
        key && isDatabaseConflictError(error)
          ? await rollouts.findByIdempotencyKey(key)
          : undefined;
      if (twin && request) {
        requireSameWish(twin, request, rollout.entityRef);
        return toApi(twin);
      }
      throw error;
    }
  }
}

function storedOther({ target, image }: ContainerPlan): StoredOther {
  return { container: target.container, image };
}
