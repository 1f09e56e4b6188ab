import {
  HealthRule,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AppliedChange,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { Notices, Protections } from '../protection';
import { Drivers, FoundTarget } from '../targets';
import { EvidenceKeeper, EvidenceStore } from './evidence';
import { Followship, HealthStore, HealthWatch } from './health';
import { Finished, Held } from './Held';
import { ImageWriter } from './ImageWriter';
import { LostLeaseError } from './LostLeaseError';
import { Obstacles } from './Obstacles';
import { Preparation, PreparationOptions } from './Preparation';
import { otherImages, targetKeysOf } from './others';
import { rolloutReasons } from './reasons';
import { AutomaticReturn, GoodImages, ReturnEnds } from './return';
import { ManualDeployHook } from './RolloutAutomation';
import { RolloutEnding } from './RolloutEnding';
import { RolloutQueue } from './RolloutQueue';
import { RolloutSteps } from './RolloutSteps';
import { signalOf, StoredRollout } from './StoredRollout';
import { TargetClaim, TargetClaimOptions } from './TargetClaim';

/** What {@link RolloutRunner} is made of. */
export interface RolloutRunnerOptions
  extends Omit<PreparationOptions, 'obstacles' | 'protection'>,
    Omit<TargetClaimOptions, 'obstacles'> {
  drivers: Drivers;
  evidenceKeeper: EvidenceKeeper;
  evidenceStore: EvidenceStore;
  goodImages: GoodImages;
  health: HealthStore;
  notices: Pick<Notices, 'returned'>;
  protection: PreparationOptions['protection'];
  protections: Pick<Protections, 'environmentOf'>;
  queue: RolloutQueue;
  steps: RolloutSteps;
  onDeployed: ManualDeployHook;
}

/**
 * Carries one rollout from where it is to a final state. Every step may be
 * repeated after a crash: the state in the database says where to go on, the
 * lease's token keeps a stalled worker out, and the driver refuses what an
 * older rollout would overwrite.
 */
export class RolloutRunner {
  readonly #claim: TargetClaim;
  readonly #ending: RolloutEnding;
  readonly #obstacles: Obstacles;
  readonly #preparation: Preparation;
  readonly #return: AutomaticReturn;
  readonly #watch: HealthWatch;
  readonly #writer: ImageWriter;

  constructor(private readonly options: RolloutRunnerOptions) {
    const ends = new ReturnEnds(options);
    const obstacles = new Obstacles({ ...options, returnEnds: ends });
    const preparation = new Preparation({ ...options, obstacles });
    const watch = new HealthWatch(options);
    const writer = new ImageWriter({ ...options, obstacles });
    this.#obstacles = obstacles;
    this.#claim = new TargetClaim({ ...options, obstacles });
    this.#ending = new RolloutEnding(options);
    this.#preparation = preparation;
    this.#return = new AutomaticReturn({
      ...options,
      ends,
      obstacles,
      preparation,
      watch,
      writer,
      ruleOf: held => this.#ruleOf(held),
    });
    this.#watch = watch;
    this.#writer = writer;
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
      if (held.rollout.state === 'rolling-back') {
        await this.#return.carryOut(held);
      }
    } catch (error) {
      if (!(error instanceof Finished || error instanceof LostLeaseError)) {
        throw error;
      }
    }
  }

  /** Ends what the portal itself cannot carry on. */
  async giveUp(held: Held): Promise<void> {
    await this.#obstacles.end(held, {
      verdict: 'failed',
      reason: rolloutReasons.internal(),
    });
  }

  async #apply(held: Held, prepared: FoundTarget | undefined): Promise<void> {
    await this.#writer.write(held, {
      image: held.rollout.image.reference,
      others: otherImages(held.rollout),
      prepared,
      read: () => this.#preparation.target(held),
      record: applied => this.#recordApplied(held, applied),
    });
  }

  async #recordApplied(
    { rollout, token }: Held,
    applied: AppliedChange,
  ): Promise<void> {
    const { health, publish, rollouts, targetStore } = this.options;
    await rollouts.transaction(async trx => {
      const keys = targetKeysOf(rollout);
      await targetStore.lockAll(trx, keys);
      for (const key of keys) {
        await targetStore.setApplied(trx, key);
      }
      await rollouts.transition(trx, rollout, 'progressing', {
        token,
        applied,
      });
      await health.begin(trx, rollout.id);
    });
    rollout.state = 'progressing';
    rollout.applied = applied;
    publish(signalOf(rollout));
  }

  async #observe(held: Held): Promise<void> {
    const { rollout, token, keeper } = held;
    const watch = watchOf(rollout);
    let ended: Followship | undefined;
    try {
      ended = await this.#watch.follow(held, {
        watch,
        image: rollout.image,
        rule: () => this.#ruleOf(held),
        samePods: isSame(rollout.image, rollout.applied),
      });
    } catch (error) {
      if (!keeper.signal.aborted) {
        await this.#obstacles.clusterFailed(held, error);
      }
    }
    if (keeper.signal.aborted) {
      await this.#obstacles.stopped(held);
    } else if (!ended) {
      await this.options.leases.release(rollout.id, token, { retryInMs: 1000 });
    } else {
      const rule = await this.#ruleOf(held);
      await this.#ending.end(held, ended, { watch, rule });
    }
  }

  /** What the environment asks of a rollout's health now. */
  async #ruleOf({ rollout }: Held): Promise<HealthRule> {
    const environment = await this.options.protections.environmentOf(
      rollout.target,
    );
    return environment?.protection.health ?? {};
  }
}

function watchOf(rollout: StoredRollout): Omit<RolloutWatch, 'target'> {
  const { applied, image } = rollout;
  return {
    image: image.reference,
    others: otherImages(rollout),
    generation: applied?.generation,
    uid: applied?.uid,
  };
}

/** The write changed nothing: the workload had this image already. */
function isSame(
  { reference }: RolloutImage,
  applied: AppliedChange | undefined,
): boolean {
  return applied?.previousImage === reference;
}
