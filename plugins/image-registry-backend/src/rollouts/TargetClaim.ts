import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import {
  ImageRegistrySignal,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { RegistryService } from '../registries';
import { FoundTarget, TargetStore } from '../targets';
import { GateDecision, GateKeeper } from './GateKeeper';
import { GateStore } from './GateStore';
import { Finished, Held } from './Held';
import { Obstacles } from './Obstacles';
import { RolloutLeases } from './RolloutLeases';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { signalOf, StoredRollout } from './StoredRollout';

/** Milliseconds until it is tried again when another one took the target. */
const TAKEN_RETRY_MS = 200;

/** What {@link TargetClaim} is made of. */
export interface TargetClaimOptions {
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
    const previous = await this.#previousImage(rollout, found);
    const { gateStore, leases, publish, rollouts, targetStore } = this.options;
    const { health } = found.workload;
    let decision: GateDecision | undefined;
    try {
      decision = await rollouts.transaction(async trx => {
        const decided = await this.#decide(trx, held, found);
        // It is shown before it is applied, and is what runs then.
        await gateStore.setPrevious(trx, rollout.id, previous);
        if (!decided.verdict) {
          await targetStore.setDesired(trx, rollout.targetKey, {
            digest: rollout.image.digest,
            image: rollout.image.reference,
          });
          if (health === 'Healthy' && previous?.digest) {
            await gateStore.setHealthyBefore(trx, rollout, previous.digest);
          }
          await rollouts.transition(trx, rollout, 'applying', {
            token,
            previous,
          });
        }
        return decided;
      });
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
    if (decision.verdict) {
      throw new Finished();
    }
    rollout.state = 'applying';
  }

  /** Asks the gates of the rollout as it is now, and gives way to them. */
  async #decide(
    trx: Knex.Transaction,
    held: Held,
    found: FoundTarget,
  ): Promise<GateDecision> {
    const { gateKeeper, gateStore, obstacles, rollouts, steps, targetStore } =
      this.options;
    const { id, targetKey, state } = held.rollout;
    const target = await targetStore.lock(trx, targetKey);
    const rollout = await rollouts.get(id, trx);
    const decided = await gateKeeper.decide(trx, rollout, target, found);
    await gateStore.setGates(trx, id, decided.states);
    if (decided.verdict) {
      await obstacles.giveWay(trx, held, decided.verdict);
    } else if (decided.note) {
      const { note: reason } = decided;
      await steps.add(trx, id, { type: 'gates', state, reason });
    }
    return decided;
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
}
