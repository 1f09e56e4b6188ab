import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';
import { protectionReasons } from '../protection';
import { Drivers, FoundTarget, otherOwners } from '../targets';
import { Finished, Held } from './Held';
import { LostLeaseError } from './LostLeaseError';
import { Obstacles } from './Obstacles';
import { Preparation, PreparationOptions } from './Preparation';
import { rolloutReasons } from './reasons';
import { RolloutSteps } from './RolloutSteps';
import { isAutomatic, signalOf, StoredRollout } from './StoredRollout';
import { TargetClaim, TargetClaimOptions } from './TargetClaim';

/** How often a write that met a change in between is tried again at once. */
const STALE_ATTEMPTS = 5;
/** At most one look at the pods in this time is stored and signalled. */
const PROGRESS_INTERVAL_MS = 500;

/** What {@link RolloutRunner} is made of. */
export interface RolloutRunnerOptions
  extends Omit<PreparationOptions, 'obstacles'>,
    Omit<TargetClaimOptions, 'obstacles'> {
  drivers: Drivers;
  steps: RolloutSteps;
}

/**
 * Carries one rollout from where it is to a final state. Every step may be
 * repeated after a crash: the state in the database says where to go on, the
 * lease's token keeps a stalled worker out, and the driver refuses what an
 * older rollout would overwrite.
 */
export class RolloutRunner {
  readonly #claim: TargetClaim;
  readonly #obstacles: Obstacles;
  readonly #preparation: Preparation;

  constructor(private readonly options: RolloutRunnerOptions) {
    const obstacles = new Obstacles(options);
    this.#obstacles = obstacles;
    this.#claim = new TargetClaim({ ...options, obstacles });
    this.#preparation = new Preparation({ ...options, obstacles });
  }

  async run(held: Held): Promise<void> {
    try {
      if (held.rollout.interruptedBy) {
        await this.#obstacles.interrupted(held);
        return;
      }
      let found: FoundTarget | undefined;
      if (held.rollout.state === 'queued' || held.rollout.state === 'waiting') {
        found = await this.#preparation.prepare(held);
        await this.#claim.take(held, found);
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

  async #apply(held: Held, prepared: FoundTarget | undefined): Promise<void> {
    const { rollout, token, keeper } = held;
    const { drivers, publish, rollouts, targetStore } = this.options;
    for (let attempt = 1; ; attempt++) {
      const found =
        (attempt === 1 && prepared) || (await this.#preparation.target(held));
      if (keeper.cause === 'lost') {
        throw new Finished();
      }
      try {
        const driver = await drivers.for(rollout.target);
        const applied = await driver.apply(
          {
            target: rollout.target,
            image: rollout.image.reference,
            sequence: rollout.sequence,
            resourceVersion: found.workload.resourceVersion,
            uid: found.workload.uid,
            force: otherOwners(found.workload).length > 0,
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
        publish(signalOf(rollout));
        return;
      } catch (error) {
        const stale = error instanceof DriverError && error.code === 'stale';
        if (!stale || attempt >= STALE_ATTEMPTS) {
          await this.#obstacles.clusterFailed(held, error);
        }
      }
    }
  }

  async #observe(held: Held): Promise<void> {
    const { rollout, token, keeper } = held;
    const { drivers, leases, publish, steps } = this.options;
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
          await steps.recordProgress(rollout.id, token, progress, reason);
          publish(signalOf(rollout));
        }
      }
    } catch (error) {
      if (!keeper.signal.aborted) {
        await this.#obstacles.clusterFailed(held, error);
      }
    }
    if (keeper.signal.aborted) {
      await this.#obstacles.stopped(held);
    } else if (!last || last.phase === 'progressing') {
      await leases.release(rollout.id, token, { retryInMs: 1000 });
    } else {
      await this.#end(held, last);
    }
  }

  /** The end that the cluster told. */
  async #end(held: Held, observation: RolloutObservation): Promise<void> {
    const { rollout, token } = held;
    const { publish, rollouts, targetStore } = this.options;
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
        { token, reason: endReason(rollout, observation) },
      );
    });
    publish(signalOf(rollout));
  }
}

function endReason(
  rollout: StoredRollout,
  observation: RolloutObservation,
): Reason | undefined {
  if (observation.phase === 'stopped' && isAutomatic(rollout)) {
    return protectionReasons.updatedNotStarted();
  }
  if (observation.reason) {
    return observation.reason;
  }
  if (observation.phase === 'replaced') {
    return rolloutReasons.changedOutside('');
  }
  return observation.phase === 'gone' ? rolloutReasons.gone() : undefined;
}
