import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import {
  ImageRegistrySignal,
  RolloutImage,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { RegistryService } from '../registries';
import { DesiredImage, FoundTarget, TargetStore } from '../targets';
import { GateDecision, GateKeeper } from './GateKeeper';
import { GateVerdict } from './gates';
import { GateStore } from './GateStore';
import { Finished, Held } from './Held';
import { Obstacles } from './Obstacles';
import { otherWorkloads, siblingOf, targetKeysOf } from './others';
import { rolloutReasons } from './reasons';
import { RolloutLeases } from './RolloutLeases';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { signalOf, StoredRollout } from './StoredRollout';
import { WriteAttempts } from './WriteAttempts';

/** Milliseconds until it is tried again when another one took the target. */
const TAKEN_RETRY_MS = 200;
/** The same when only another container of its is taken. */
const BESIDE_RETRY_MS = 1_000;

/** How soon it is looked again whether a lost write took effect, in ms. */
const LATE_WRITE_LOOK_MS = 5_000;

/** What {@link TargetClaim} is made of. */
export interface TargetClaimOptions {
  attempts: WriteAttempts;
  gateKeeper: GateKeeper;
  gateStore: GateStore;
  leases: RolloutLeases;
  obstacles: Obstacles;
  registries: RegistryService;
  rollouts: RolloutStore;
  steps: RolloutSteps;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** Takes a target for a rollout: from `queued` or `waiting` to `applying`. */
export class TargetClaim {
  constructor(private readonly options: TargetClaimOptions) {}

  /**
   * Reads the gates and takes the target, or gives way, in one transaction:
   * what changes a gate meanwhile comes before it or after it.
   */
  async take(held: Held, found: FoundTarget): Promise<void> {
    const { rollout, token } = held;
    const previous = await this.#previousImage(rollout.image, found.workload);
    const others = await this.#othersBefore(rollout, found);
    const { gateStore, rollouts } = this.options;
    const { health } = found.workload;
    await this.#inOneStep(held, async trx => {
      const { verdict } = await this.#decide(trx, held, found);
      // It is shown before it is applied, and is what runs then.
      await gateStore.setPrevious(trx, rollout.id, previous);
      if (others) {
        await rollouts.setOthers(trx, rollout.id, others);
      }
      if (verdict) {
        return false;
      }
      const desiredBefore = await this.#setDesired(trx, rollout);
      if (health === 'Healthy' && previous?.digest) {
        await gateStore.setHealthyBefore(trx, rollout, previous.digest);
      }
      const begun = { token, previous, desiredBefore };
      await rollouts.transition(trx, rollout, 'applying', begun);
      // What waited before it is overtaken now, and nobody is to be asked.
      await gateStore.makeDue({ targetKey: rollout.targetKey }, trx);
      return true;
    });
    rollout.others = others;
  }

  /**
   * Takes the target for a rollout whose write was given up for lost and took
   * effect all the same: what the gates say comes too late.
   */
  async takeWritten(held: Held): Promise<void> {
    const { rollout, token } = held;
    const { obstacles, rollouts, targetStore } = this.options;
    await this.#inOneStep(held, async trx => {
      await targetStore.lockAll(trx, targetKeysOf(rollout));
      const beside = await rollouts.runningBeside(trx, rollout);
      if (beside) {
        await obstacles.giveWay(trx, held, behind(beside));
        return false;
      }
      const desiredBefore = await this.#setDesired(trx, rollout);
      const begun = { token, desiredBefore };
      await rollouts.transition(trx, rollout, 'applying', begun);
      return true;
    });
  }

  /**
   * @param step - answers whether the target was taken
   * @throws Finished when it was not
   */
  async #inOneStep(
    { rollout, token }: Held,
    step: (trx: Knex.Transaction) => Promise<boolean>,
  ): Promise<void> {
    const { leases, publish, rollouts } = this.options;
    let taken: boolean;
    try {
      taken = await rollouts.transaction(step);
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        await leases.release(rollout.id, token, {
          retryInMs: TAKEN_RETRY_MS,
        });
        throw new Finished();
      }
      throw error;
    }
    publish(signalOf(rollout));
    if (!taken) {
      throw new Finished();
    }
    rollout.state = 'applying';
  }

  /** @returns what they were to run before */
  async #setDesired(
    trx: Knex.Transaction,
    rollout: StoredRollout,
  ): Promise<DesiredImage[]> {
    const { target, image, others = [] } = rollout;
    const { container } = target;
    const { targetStore } = this.options;
    const before = await targetStore.desired(trx, targetKeysOf(rollout));
    for (const each of [{ container, image }, ...others]) {
      const { digest, reference } = each.image;
      const key = targetKey(siblingOf(target, each.container));
      const desired = { digest, image: reference };
      await targetStore.setDesired(trx, key, desired);
    }
    return before;
  }

  /** Asks the gates of the rollout as it is now, and gives way to them. */
  async #decide(
    trx: Knex.Transaction,
    held: Held,
    found: FoundTarget,
  ): Promise<GateDecision> {
    const { attempts, gateKeeper, gateStore, obstacles } = this.options;
    const { rollouts, steps, targetStore } = this.options;
    const { id, targetKey: key, state } = held.rollout;
    await targetStore.lockAll(trx, targetKeysOf(held.rollout));
    const target = await targetStore.lock(trx, key);
    const rollout = await rollouts.get(id, trx);
    const beside = await rollouts.runningBeside(trx, rollout);
    const decided = await gateKeeper.decide(trx, rollout, target, found);
    if (beside && !decided.verdict) {
      decided.verdict = behind(beside);
    }
    const ends = decided.verdict && decided.verdict.verdict !== 'waiting';
    if (ends && (await attempts.mayStillLand(trx, id))) {
      const until = Date.now() + LATE_WRITE_LOOK_MS;
      decided.verdict = { ...decided.verdict!, verdict: 'waiting', until };
    }
    await gateStore.setGates(trx, id, decided.states);
    if (decided.verdict) {
      await obstacles.giveWay(trx, held, decided.verdict);
    } else if (decided.note) {
      const { note: reason } = decided;
      await steps.addAgain(trx, id, { type: 'gates', state, reason });
    }
    return decided;
  }

  /** The same of the other containers. */
  async #othersBefore(
    rollout: StoredRollout,
    found: FoundTarget,
  ): Promise<StoredRollout['others']> {
    const workloads = otherWorkloads(rollout, found);
    return (
      rollout.others &&
      Promise.all(
        rollout.others.map(async other => {
          const { container, image } = other;
          const workload = workloads.find(
            ({ ref }) => ref.container === container,
          );
          const previous =
            workload && (await this.#previousImage(image, workload));
          return previous ? { ...other, previous } : other;
        }),
      )
    );
  }

  /**
   * What runs before: as the workload writes it, with the digest of its pods
   * when it writes none.
   */
  async #previousImage(
    wanted: RolloutImage,
    { image, runningDigest }: WorkloadTarget,
  ): Promise<RolloutImage | undefined> {
    if (image === wanted.reference) {
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
}

/** One of its containers is another rollout's now. */
function behind({ sequence }: StoredRollout): GateVerdict {
  const reason = rolloutReasons.waitsBehind(sequence);
  const until = Date.now() + BESIDE_RETRY_MS;
  return { verdict: 'waiting', reason, until };
}
