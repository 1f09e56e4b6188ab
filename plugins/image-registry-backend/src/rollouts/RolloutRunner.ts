import {
  HealthRule,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  AppliedChange,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { Notices, Protections } from '../protection';
import { Drivers } from '../targets';
import { Applying } from './Applying';
import { EvidenceKeeper, EvidenceStore } from './evidence';
import { Followship, HealthStore, HealthWatch } from './health';
import { Finished, Held } from './Held';
import { ImageWriter } from './ImageWriter';
import { LostLeaseError } from './LostLeaseError';
import { Obstacles } from './Obstacles';
import { Preparation, PreparationOptions } from './Preparation';
import { otherImages } from './others';
import { rolloutReasons } from './reasons';
import { AutomaticReturn, GoodImages, ReturnEnds } from './return';
import { ManualDeployHook } from './RolloutAutomation';
import { RolloutEnding } from './RolloutEnding';
import { RolloutQueue } from './RolloutQueue';
import { RolloutSteps } from './RolloutSteps';
import { StoredRollout } from './StoredRollout';
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
  readonly #applying: Applying;
  readonly #ending: RolloutEnding;
  readonly #obstacles: Obstacles;
  readonly #return: AutomaticReturn;
  readonly #watch: HealthWatch;

  constructor(private readonly options: RolloutRunnerOptions) {
    const ends = new ReturnEnds(options);
    const obstacles = new Obstacles({ ...options, returnEnds: ends });
    const preparation = new Preparation({ ...options, obstacles });
    const watch = new HealthWatch(options);
    const writer = new ImageWriter({ ...options, obstacles });
    this.#obstacles = obstacles;
    const claim = new TargetClaim({ ...options, obstacles });
    const parts = { ...options, obstacles, preparation, writer };
    this.#applying = new Applying({ ...parts, claim });
    this.#ending = new RolloutEnding(options);
    this.#return = new AutomaticReturn({
      ...parts,
      ends,
      watch,
      ruleOf: held => this.#ruleOf(held),
    });
    this.#watch = watch;
  }

  async run(held: Held): Promise<void> {
    try {
      if (held.rollout.interruptedBy) {
        await this.#obstacles.interrupted(held);
        return;
      }
      if (hasToBeWritten(held.rollout)) {
        await this.#applying.carryOut(held);
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

function hasToBeWritten({ state }: StoredRollout): boolean {
  return state === 'queued' || state === 'waiting' || state === 'applying';
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
