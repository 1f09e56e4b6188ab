import {
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { isReady } from '../health';
import { PodObject } from '../workloads/objects';
import { workloadTypes } from '../workloads/workloadTypes';
import { Bell } from './Bell';
import { conclude } from './conclude';
import { pause } from './pause';
import { RolloutJudge, RolloutSnapshot } from './RolloutJudge';
import { joinRollout } from './RolloutView';
import { Warnings } from './Warnings';
import { WatchHub } from './WatchHub';

/** Between two observations, in milliseconds; the end does not wait. */
const QUIET_MS = 500;

/** Events of one moment are looked at together. */
const GATHER_MS = 25;

/** What observing needs beside the rollout itself. */
export interface ObserveOptions {
  hub: WatchHub;
  client: ClusterClient;
  /** For so many milliseconds all pods must stay well before success. */
  settleMs: number;
  signal: AbortSignal;
}

/**
 * Follows a rollout until it ends, through outages and dropped watches.
 * @throws DriverError `forbidden` when the workload may not be watched
 * @throws the signal's reason when it aborts
 */
export async function* observeRollout(
  watch: RolloutWatch,
  { hub, client, settleMs, signal }: ObserveOptions,
): AsyncGenerator<RolloutObservation> {
  const type = workloadTypes[watch.target.kind];
  const bell = new Bell();
  const view = joinRollout(hub, client, type, watch.target, bell.ring);
  const judge = new RolloutJudge(type, watch, settleMs);
  const warnings = new Warnings(client, watch.target.namespace, bell.ring);
  let shown: string | undefined;
  let nextAt = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const now = Date.now();
      const snapshot = view.snapshot();
      let waitMs: number | undefined;
      if (snapshot) {
        const { observation, lookAgainInMs } = judge.look(
          { ...snapshot, events: warnings.events },
          now,
        );
        if (isOver(observation, watch)) {
          yield await conclude(client, watch, observation, signal);
          return;
        }
        waitMs = lookAgainInMs;
        if (!snapshot.trouble && lookAgainInMs === undefined) {
          warnings.refresh(snapshot.workload, waitingPods(snapshot), signal);
          waitMs = warnings.dueInMs;
        }
        const text = JSON.stringify(observation);
        if (text !== shown && now >= nextAt) {
          shown = text;
          nextAt = now + QUIET_MS;
          yield observation;
        } else if (text !== shown) {
          waitMs = Math.min(nextAt - now, waitMs ?? Infinity);
        }
      }
      await bell.wait(signal, waitMs === Infinity ? undefined : waitMs);
      await pause(GATHER_MS, signal);
    }
  } finally {
    view.leave();
  }
}

/** In a soak being complete is no end. */
function isOver(
  { phase }: RolloutObservation,
  { soak }: RolloutWatch,
): boolean {
  return phase !== 'progressing' && !(soak && phase === 'complete');
}

/** Pods that are not ready and not on their way out, the newest first. */
function waitingPods({ pods }: RolloutSnapshot): PodObject[] {
  return pods
    .filter(
      pod => !isReady(pod) && pod.metadata.deletionTimestamp === undefined,
    )
    .sort(
      (a, b) =>
        Date.parse(b.metadata.creationTimestamp ?? '') -
        Date.parse(a.metadata.creationTimestamp ?? ''),
    );
}
