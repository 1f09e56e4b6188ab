import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import {
  ImageRegistrySignal,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryService } from '../registries';
import { FoundTarget, TargetStore } from '../targets';
import { GateVerdict, RolloutGate } from './gates';
import { Finished, Held } from './Held';
import { Obstacles } from './Obstacles';
import { RolloutLeases } from './RolloutLeases';
import { RolloutStore } from './RolloutStore';
import { signalOf, StoredRollout } from './StoredRollout';

/** Milliseconds until it is tried again when another one took the target. */
const TAKEN_RETRY_MS = 200;

/** What {@link TargetClaim} is made of. */
export interface TargetClaimOptions {
  gates: RolloutGate[];
  leases: RolloutLeases;
  obstacles: Obstacles;
  registries: RegistryService;
  rollouts: RolloutStore;
  targetStore: TargetStore;
  publish(signal: ImageRegistrySignal): void;
}

/** Takes a target for a rollout: from `queued` or `waiting` to `applying`. */
export class TargetClaim {
  constructor(private readonly options: TargetClaimOptions) {}

  /** Reads the gates and takes the target, in one transaction. */
  async take(held: Held, found: FoundTarget): Promise<void> {
    const { rollout, token } = held;
    const previous = await this.#previousImage(rollout, found);
    const { leases, obstacles, publish, rollouts, targetStore } = this.options;
    let refused: GateVerdict | undefined;
    try {
      await rollouts.transaction(async trx => {
        const target = await targetStore.lock(trx, rollout.targetKey);
        for (const gate of this.options.gates) {
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
        await leases.release(rollout.id, token, {
          retryInMs: TAKEN_RETRY_MS,
        });
        throw new Finished();
      }
      throw error;
    }
    if (refused) {
      await obstacles.refuse(held, refused);
    }
    rollout.state = 'applying';
    publish(signalOf(rollout));
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
