import { LoggerService } from '@backstage/backend-plugin-api';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  ImageRegistrySignal,
  Reason,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';
import { Access } from '../access';
import { RegistryService } from '../registries';
import {
  Drivers,
  FoundTarget,
  PORTAL_FIELD_MANAGER,
  TargetService,
  TargetStore,
} from '../targets';
import {
  consentVerdict,
  GateVerdict,
  otherOwners,
  RolloutGate,
  RolloutPreflight,
} from './gates';
import { LeaseKeeper } from './LeaseKeeper';
import { because, rolloutReasons } from './reasons';
import { LostLeaseError, RolloutStore } from './RolloutStore';
import { isAutomatic, StoredRollout } from './StoredRollout';

/** How often a write that met a change in between is tried again at once. */
const STALE_ATTEMPTS = 5;
/** For how long a person's rights at the request are relied on, in ms. */
const RIGHTS_HOLD_MS = 60_000;
/** At most one look at the pods in this time is stored and signalled. */
const PROGRESS_INTERVAL_MS = 500;

/** What {@link RolloutRunner} is made of. */
export interface RolloutRunnerOptions {
  access: Access;
  drivers: Drivers;
  gates: RolloutGate[];
  logger: LoggerService;
  preflights: RolloutPreflight[];
  registries: RegistryService;
  rollouts: RolloutStore;
  targets: TargetService;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** A rollout that this process holds. */
interface Held {
  rollout: StoredRollout;
  token: string;
  keeper: LeaseKeeper;
}

/** The step is over for now; the lease has been given up. */
class Finished extends Error {}

/** Milliseconds until the next attempt: doubling, at most a minute, spread. */
export function backoffMs(attempts: number): number {
  const base = Math.min(60_000, 500 * 2 ** Math.min(attempts, 10));
  return Math.round(base * (0.75 + Math.random() / 2));
}

/**
 * Carries one rollout from where it is to a final state. Every step may be
 * repeated after a crash: the state in the database says where to go on, the
 * lease's token keeps a stalled worker out, and the driver refuses what an
 * older rollout would overwrite.
 */
export class RolloutRunner {
  constructor(private readonly options: RolloutRunnerOptions) {}

  async run(held: Held): Promise<void> {
    try {
      if (held.rollout.interruptedBy) {
        await this.#interrupted(held);
        return;
      }
      let found: FoundTarget | undefined;
      if (held.rollout.state === 'queued' || held.rollout.state === 'waiting') {
        found = await this.#prepare(held);
        await this.#claimTarget(held, found);
      }
      if (held.rollout.state === 'applying') {
        await this.#apply(held, found);
      }
      if (held.rollout.state === 'progressing') {
        await this.#observe(held);
      }
    } catch (error) {
      if (!(error instanceof Finished || error instanceof LostLeaseError)) {
        throw error;
      }
    }
  }

  /** May it still be done, and is the target there? */
  async #prepare(held: Held): Promise<FoundTarget> {
    const { rollout } = held;
    const entity = await this.#entity(held);
    if (rollout.image.registryId) {
      const { registryId, repository } = rollout.image;
      const registry = await this.options.registries.find(registryId);
      if (!registry) {
        const reason = rolloutReasons.registryGone(registryId);
        return this.#refuse(held, { verdict: 'failed', reason });
      }
      const granted = this.options.registries.isGranted(
        registry,
        repository,
        entity,
      );
      if (!granted && rollout.cause !== 'rollback') {
        const reason = rolloutReasons.notGranted(repository, registry.name);
        return this.#refuse(held, { verdict: 'failed', reason });
      }
    }
    if (hasWaitedLong(rollout)) {
      const { author, entityRef } = rollout;
      if (!(await this.options.access.stillMay(author, entity))) {
        const reason = rolloutReasons.requesterMayNot(author, entityRef);
        return this.#refuse(held, { verdict: 'failed', reason });
      }
    }
    for (const preflight of this.options.preflights) {
      const verdict = await preflight(rollout, entity);
      if (verdict) {
        return this.#refuse(held, verdict);
      }
    }
    return this.#findTarget(held, entity);
  }

  /** The component now; a catalog that does not answer is asked again later. */
  async #entity(held: Held): Promise<Entity> {
    const { rollout } = held;
    const { access, logger } = this.options;
    let entity: Entity | undefined;
    try {
      entity = await access.entity(rollout.entityRef);
    } catch (error) {
      logger.warn(`Rollout ${rollout.id} waits for the catalog: ${error}`);
      const reason = rolloutReasons.catalogUnavailable();
      return this.#tryLater(held, reason, backoffMs(rollout.attempts));
    }
    if (!entity) {
      const reason = rolloutReasons.componentGone(rollout.entityRef);
      return this.#refuse(held, { verdict: 'failed', reason });
    }
    return entity;
  }

  /** The target as the cluster tells it now, with every right checked again. */
  async #findTarget(held: Held, entity: Entity): Promise<FoundTarget> {
    const { rollout, keeper } = held;
    let found: FoundTarget;
    try {
      found = await this.options.targets.find(entity, rollout.target, {
        signal: keeper.signal,
      });
    } catch (error) {
      return this.#clusterFailed(held, error);
    }
    if (!found.writable.ok) {
      const reason =
        found.writable.reason ?? rolloutReasons.targetGone('Not writable');
      return this.#refuse(held, { verdict: 'failed', reason });
    }
    const records = await this.options.targetStore.get([rollout.targetKey]);
    const verdict = consentVerdict(
      rollout,
      found,
      records.get(rollout.targetKey),
      PORTAL_FIELD_MANAGER,
    );
    return verdict ? this.#refuse(held, verdict) : found;
  }

  /** Reads the gates and takes the target, in one transaction. */
  async #claimTarget(held: Held, found: FoundTarget): Promise<void> {
    const { rollout, token } = held;
    const previous = await this.#previousImage(rollout, found);
    const { rollouts, targetStore, gates } = this.options;
    let refused: GateVerdict | undefined;
    try {
      await rollouts.transaction(async trx => {
        const target = await targetStore.lock(trx, rollout.targetKey);
        for (const gate of gates) {
          refused = await gate(trx, rollout, target);
          if (refused) {
            return;
          }
        }
        await targetStore.setDesired(trx, rollout.targetKey, {
          digest: rollout.image.digest,
          image: rollout.image.reference,
        });
        await rollouts.transition(trx, rollout, 'applying', {
          token,
          previous,
        });
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        await rollouts.release(rollout.id, token, { retryInMs: 200 });
        throw new Finished();
      }
      throw error;
    }
    if (refused) {
      await this.#refuse(held, refused);
    }
    rollout.state = 'applying';
    this.#signal(rollout);
  }

  async #apply(held: Held, prepared: FoundTarget | undefined): Promise<void> {
    const { rollout, token, keeper } = held;
    const { drivers, rollouts, targetStore } = this.options;
    for (let attempt = 1; ; attempt++) {
      const found =
        (attempt === 1 && prepared) ||
        (await this.#findTarget(held, await this.#entity(held)));
      this.#throwIfLost(keeper);
      try {
        const driver = await drivers.for(rollout.target);
        const applied = await driver.apply(
          {
            target: rollout.target,
            image: rollout.image.reference,
            sequence: rollout.sequence,
            resourceVersion: found.workload.resourceVersion,
            uid: found.workload.uid,
            force: otherOwners(found, PORTAL_FIELD_MANAGER).length > 0,
          },
          { signal: keeper.signal },
        );
        await rollouts.transaction(async trx => {
          await targetStore.lock(trx, rollout.targetKey);
          await targetStore.setApplied(trx, rollout.targetKey);
          await rollouts.transition(trx, rollout, 'progressing', {
            token,
            applied,
          });
        });
        rollout.state = 'progressing';
        rollout.applied = applied;
        this.#signal(rollout);
        return;
      } catch (error) {
        const stale = error instanceof DriverError && error.code === 'stale';
        if (!stale || attempt >= STALE_ATTEMPTS) {
          await this.#clusterFailed(held, error);
        }
      }
    }
  }

  async #observe(held: Held): Promise<void> {
    const { rollout, token, keeper } = held;
    const { drivers, rollouts } = this.options;
    let last: RolloutObservation | undefined;
    let stored = 0;
    try {
      const driver = await drivers.for(rollout.target);
      const observations = driver.observe(
        {
          target: rollout.target,
          image: rollout.image.reference,
          generation: rollout.applied?.generation,
          uid: rollout.applied?.uid,
        },
        keeper.signal,
      );
      for await (const observation of observations) {
        last = observation;
        const due = Date.now() - stored >= PROGRESS_INTERVAL_MS;
        if (due || observation.phase !== 'progressing') {
          stored = Date.now();
          const { phase: _phase, reason, ...progress } = observation;
          await rollouts.recordProgress(rollout.id, token, progress, reason);
          this.#signal(rollout);
        }
      }
    } catch (error) {
      if (!keeper.signal.aborted) {
        await this.#clusterFailed(held, error);
      }
    }
    if (keeper.signal.aborted) {
      await this.#stopped(held);
    } else if (!last || last.phase === 'progressing') {
      await rollouts.release(rollout.id, token, { retryInMs: 1000 });
    } else {
      await this.#end(held, last);
    }
  }

  /** The end that the cluster told. */
  async #end(held: Held, observation: RolloutObservation): Promise<void> {
    const { rollout, token } = held;
    const { rollouts, targetStore } = this.options;
    const succeeded =
      observation.phase === 'complete' || observation.phase === 'stopped';
    await rollouts.transaction(async trx => {
      await targetStore.lock(trx, rollout.targetKey);
      const { targetKey, image, id } = rollout;
      if (succeeded && !isAutomatic(rollout)) {
        await targetStore.unblock(trx, targetKey, image.digest);
      }
      if (observation.phase === 'failed') {
        await targetStore.block(trx, {
          targetKey,
          digest: image.digest,
          rolloutId: id,
        });
      }
      await rollouts.transition(
        trx,
        rollout,
        succeeded ? 'succeeded' : 'failed',
        { token, reason: endReason(observation) },
      );
    });
    this.#signal(rollout);
  }

  /** A call to the cluster failed: again later, or for good. */
  async #clusterFailed(held: Held, error: unknown): Promise<never> {
    const { rollout, keeper } = held;
    if (keeper.signal.aborted) {
      await this.#stopped(held);
      throw new Finished();
    }
    if (error instanceof DriverError && error.transient) {
      const { code, message, retryAfterMs } = error;
      const { cluster } = rollout.target;
      return this.#tryLater(
        held,
        because(code, message, { cluster }),
        retryAfterMs ?? backoffMs(rollout.attempts),
      );
    }
    if (error instanceof DriverError || error instanceof NotFoundError) {
      const code = error instanceof DriverError ? error.code : 'target-gone';
      const reason = because(code, error.message);
      return this.#refuse(held, { verdict: 'failed', reason });
    }
    throw error;
  }

  /** What holds nothing yet waits; what holds its target keeps it. */
  async #tryLater(
    held: Held,
    reason: Reason,
    retryInMs: number,
  ): Promise<never> {
    const { rollout, token } = held;
    const { rollouts } = this.options;
    if (rollout.state === 'queued') {
      await rollouts.transaction(trx =>
        rollouts.transition(trx, rollout, 'waiting', {
          token,
          reason,
          retryInMs,
        }),
      );
    } else {
      await rollouts.release(rollout.id, token, {
        retryInMs,
        failed: true,
        reason,
      });
    }
    this.#signal(rollout);
    throw new Finished();
  }

  /** Ends or parks a rollout because something stands against it. */
  async #refuse(held: Held, verdict: GateVerdict): Promise<never> {
    const { rollout, token } = held;
    const { rollouts } = this.options;
    if (verdict.verdict === 'waiting') {
      const retryInMs = backoffMs(rollout.attempts);
      return this.#tryLater(held, verdict.reason, retryInMs);
    }
    const to = rollout.state === 'applying' ? 'failed' : verdict.verdict;
    await rollouts.transaction(trx =>
      rollouts.transition(trx, rollout, to, { token, reason: verdict.reason }),
    );
    this.#signal(rollout);
    throw new Finished();
  }

  async #stopped(held: Held): Promise<void> {
    if (held.keeper.cause === 'interrupted') {
      await this.#interrupted(held);
    } else if (held.keeper.cause === 'shutdown') {
      await this.options.rollouts.release(held.rollout.id, held.token);
    }
  }

  /** A person's rollout wants the target: this one ends here. */
  async #interrupted(held: Held): Promise<void> {
    const { rollout, token, keeper } = held;
    const by = keeper.interruptedBy ?? rollout.interruptedBy ?? '';
    const { rollouts } = this.options;
    await rollouts.transaction(trx =>
      rollouts.transition(trx, rollout, 'failed', {
        token,
        reason: rolloutReasons.interruptedBy(by),
      }),
    );
    this.#signal(rollout);
  }

  /**
   * What runs before: as the workload writes it, with the digest of its pods
   * when it writes none.
   */
  async #previousImage(
    rollout: StoredRollout,
    found: FoundTarget,
  ): Promise<RolloutImage | undefined> {
    const { image, runningDigest } = found.workload;
    if (image === rollout.image.reference) {
      return undefined;
    }
    const served = await this.options.registries.findByImage(image);
    if (served) {
      const { registry, repository, tag, digest } = served;
      return {
        registryId: registry.id,
        repository,
        tag,
        digest: digest ?? runningDigest,
        reference: image,
      };
    }
    const [repository, digest] = image.split('@');
    return {
      repository,
      digest: digest ?? runningDigest,
      reference: image,
    };
  }

  #throwIfLost(keeper: LeaseKeeper): void {
    if (keeper.cause === 'lost') {
      throw new Finished();
    }
  }

  #signal(rollout: StoredRollout): void {
    const { id, entityRef } = rollout;
    this.options.publish({ topic: 'rollout', id, entityRef });
  }
}

function endReason(observation: RolloutObservation): Reason | undefined {
  if (observation.reason) {
    return observation.reason;
  }
  if (observation.phase === 'replaced') {
    return rolloutReasons.changedOutside('');
  }
  return observation.phase === 'gone' ? rolloutReasons.gone() : undefined;
}

/** A person's right was checked at the request; after a while it is again. */
function hasWaitedLong(rollout: StoredRollout): boolean {
  return (
    !isAutomatic(rollout) &&
    Date.now() - Date.parse(rollout.createdAt) > RIGHTS_HOLD_MS
  );
}
