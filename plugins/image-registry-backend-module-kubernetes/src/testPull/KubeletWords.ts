import { TestPullStep } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { byNewest, toWorkloadEvent } from '../events/EventObject';
import { eventsAbout } from '../events/eventsAbout';
import { KubernetesObject } from '../workloads/objects';

/** Reason of the event that tells of a phase. */
const eventOf: Partial<Record<TestPullStep['phase'], string>> = {
  scheduled: 'Scheduled',
  pulling: 'Pulling',
  pulled: 'Pulled',
};

/**
 * What the scheduler and the kubelet say of a pod in events: its status has no
 * words while all goes well.
 */
export class KubeletWords {
  readonly #known = new Map<string, string>();
  /** Without the right to read events the status alone has to do. */
  #mayRead = true;

  constructor(
    private readonly client: ClusterClient,
    private readonly pod: KubernetesObject['metadata'],
  ) {}

  /** @returns undefined as long as nothing was said of the phase */
  async of(
    phase: TestPullStep['phase'],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const reason = eventOf[phase];
    if (reason && this.#mayRead && !this.#known.has(reason)) {
      await this.#read(signal);
    }
    return reason && this.#known.get(reason);
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { namespace = '', uid } = this.pod;
    try {
      const events = await eventsAbout(this.client, namespace, [uid], {
        signal,
      });
      const oldestFirst = events.map(toWorkloadEvent).sort(byNewest).reverse();
      oldestFirst.forEach(({ reason, message }) =>
        this.#known.set(reason, message),
      );
    } catch (error) {
      if (!(error instanceof DriverError)) {
        throw error;
      }
      this.#mayRead = error.transient;
    }
  }
}
