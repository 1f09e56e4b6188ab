import {
  HealthRule,
  ImageRegistrySignal,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { Drivers } from '../../targets';
import { Held } from '../Held';
import { signalOf } from '../StoredRollout';
import { excuseOf } from './excuse';
import { HealthStore } from './HealthStore';
import { HealthVerdict } from './judgeHealth';
import { Observations } from './Observations';
import { RegistryWaits, RegistryWaitsOptions } from './RegistryWaits';
import { remembered } from './remembered';

/** At most one look at the pods in this time is stored and signalled, in ms. */
const PROGRESS_INTERVAL_MS = 500;

/** A driver that stops at `complete` is asked again so often in a soak, in ms. */
const ASK_AGAIN_MS = 5000;

/** For so many ms a health rule that was read is relied on. */
const RULE_HOLDS_MS = 5000;

/** The clocks of database and process differ by less than this, in ms. */
const CLOCK_STEP_MS = 20;

/** What {@link HealthWatch} is made of. */
export interface HealthWatchOptions extends RegistryWaitsOptions {
  drivers: Drivers;
  health: HealthStore;
  publish(signal: ImageRegistrySignal): void;
}

/** What is followed, and by which rule. */
export interface Followed {
  watch: Omit<RolloutWatch, 'target' | 'soak' | 'ownDeadline'>;
  image: RolloutImage;
  /** The rule as it is now: it may be tightened while it is followed. */
  rule(): Promise<HealthRule>;
  /** The template was what it is already, so that its pods are older. */
  samePods: boolean;
}

/** How something that was followed ended. */
export interface Followship {
  verdict: Exclude<HealthVerdict, { result: 'goes-on' }>;
  observation: RolloutObservation;
}

type Looking = Pick<Followed, 'rule' | 'samePods'> & { waits: RegistryWaits };

interface OpenLook {
  verdict?: HealthVerdict;
  observation?: RolloutObservation;
}

/** Follows what was applied until its health rule says what became of it. */
export class HealthWatch {
  constructor(private readonly options: HealthWatchOptions) {}

  /**
   * @returns undefined when the driver stopped in the middle
   * @throws what the driver throws
   */
  async follow(
    held: Held,
    followed: Followed,
  ): Promise<Followship | undefined> {
    const stop = new AbortController();
    const signal = AbortSignal.any([held.keeper.signal, stop.signal]);
    const { target } = held.rollout;
    const driver = await this.options.drivers.for(target);
    const look: Looking = {
      rule: remembered(RULE_HOLDS_MS, followed.rule),
      samePods: followed.samePods,
      waits: new RegistryWaits(this.options, followed.image),
    };
    try {
      for (;;) {
        const { soakMs = 0, deadlineMs } = await look.rule();
        const asked = {
          soak: soakMs > 0,
          ownDeadline: deadlineMs !== undefined,
        };
        const observations = new Observations(
          driver.observe({ ...followed.watch, target, ...asked }, signal),
        );
        const last = await this.#look(held, observations, look).finally(() =>
          observations.letGo(),
        );
        const { verdict, observation } = last;
        if (!verdict || !observation || signal.aborted) {
          return undefined;
        }
        if (verdict.result !== 'goes-on') {
          return { verdict, observation };
        }
        if (observation.phase === 'progressing') {
          return undefined;
        }
        const { againInMs = ASK_AGAIN_MS } = verdict;
        await sleep(Math.min(againInMs, ASK_AGAIN_MS), undefined, { signal });
      }
    } finally {
      stop.abort();
    }
  }

  /** Looks until there is a verdict, or nothing is observed any more. */
  async #look(
    held: Held,
    observations: Observations,
    { rule, samePods, waits }: Looking,
  ): Promise<OpenLook> {
    const { health, publish } = this.options;
    const { rollout, token } = held;
    let last: OpenLook = {};
    let unseen = false;
    let lookedAt = 0;
    let againAt = Infinity;
    for (;;) {
      const quietUntil = lookedAt + PROGRESS_INTERVAL_MS;
      const due = Math.min(againAt, unseen ? quietUntil : Infinity);
      const next = await observations.next(due - Date.now());
      if (next === 'over' || held.keeper.signal.aborted) {
        return last;
      }
      if (next !== 'later') {
        last = { ...last, observation: next };
        unseen = true;
      }
      const { observation } = last;
      const urgent =
        next === 'later' ||
        observation?.phase !== 'progressing' ||
        Date.now() >= quietUntil;
      if (!observation || !urgent) {
        continue;
      }
      const verdict = await health.look(rollout, token, {
        rule: await rule(),
        observation,
        samePods,
        inWords: await waits.inWords(observation.reason),
      });
      publish(signalOf(rollout));
      last = { observation, verdict };
      const excuse = excuseOf(observation);
      held.waits =
        observation.phase === 'complete' ||
        excuse === 'registry' ||
        excuse === 'paused';
      if (verdict.result !== 'goes-on') {
        return last;
      }
      unseen = false;
      lookedAt = Date.now();
      againAt =
        lookedAt + Math.max(verdict.againInMs ?? Infinity, CLOCK_STEP_MS);
    }
  }
}
