import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { EventObject, lastTimeOf } from '../events/EventObject';
import { eventsAbout } from '../events/eventsAbout';
import { PodObject, WorkloadObject } from '../workloads/objects';

/** What goes well is over before anyone need ask, in milliseconds. */
const FIRST_MS = 1_000;

/** Between two looks at the events, in milliseconds. */
const INTERVAL_MS = 3_000;

/** Pods whose events are read at most. */
const MOST_PODS = 3;

/** Older warnings than the rollout's beginning may be of this age, in ms. */
const CLOCK_SKEW_MS = 60_000;

/**
 * The warnings about what a rollout waits for. Not all troubles show in the
 * objects: refused pods of StatefulSets, failing probes and mounts are only
 * told by events.
 */
export class Warnings {
  private readonly client: ClusterClient;
  private readonly namespace: string;
  private readonly tell: () => void;
  private readonly since: number;
  private known: readonly EventObject[] = [];
  private asking = false;
  private nextAt: number;

  constructor(
    client: ClusterClient,
    namespace: string,
    tell: () => void,
    now: number = Date.now(),
  ) {
    this.client = client;
    this.namespace = namespace;
    this.tell = tell;
    this.since = now - CLOCK_SKEW_MS;
    this.nextAt = now + FIRST_MS;
  }

  /** What was told last. */
  get events(): readonly EventObject[] {
    return this.known;
  }

  /** Milliseconds until it is time to ask. */
  get dueInMs(): number {
    return Math.max(0, this.nextAt - Date.now());
  }

  /** Asks again in the background, when it is time. */
  refresh(
    workload: WorkloadObject | undefined,
    waiting: readonly PodObject[],
    signal: AbortSignal,
  ): void {
    const now = Date.now();
    if (this.asking || now < this.nextAt || !workload) {
      return;
    }
    this.asking = true;
    const uids = [workload, ...waiting.slice(0, MOST_PODS)].map(
      ({ metadata }) => metadata.uid,
    );
    eventsAbout(this.client, this.namespace, uids, { warnings: true, signal })
      .then(events => this.take(events))
      .catch(error => this.giveUp(error))
      .finally(() => {
        this.asking = false;
      });
    this.nextAt = now + INTERVAL_MS;
  }

  private take(events: readonly EventObject[]): void {
    const recent = events.filter(
      event => Date.parse(lastTimeOf(event) ?? '') >= this.since,
    );
    const changed = JSON.stringify(recent) !== JSON.stringify(this.known);
    this.known = recent;
    if (changed) {
      this.tell();
    }
  }

  /** Without the permission there is nothing to ask for; see the page. */
  private giveUp(error: unknown): void {
    const transient = error instanceof DriverError && error.transient;
    this.nextAt = transient ? this.nextAt : Infinity;
  }
}
