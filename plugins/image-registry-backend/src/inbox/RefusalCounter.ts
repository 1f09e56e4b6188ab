import { LoggerService } from '@backstage/backend-plugin-api';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { EndpointStore } from './EndpointStore';

/** Refusals of one endpoint within this time share one write, in ms. */
const INTERVAL_MS = 1000;

/**
 * Counts calls that were not let in. Anybody can make those, so however many
 * there are, an endpoint's row is written about once a second.
 */
export class RefusalCounter {
  readonly #waiting = new Map<string, { count: number; reason: Reason }>();

  constructor(
    private readonly endpoints: Pick<EndpointStore, 'refused'>,
    private readonly logger: LoggerService,
  ) {}

  note(endpointId: string, reason: Reason): void {
    const waiting = this.#waiting.get(endpointId);
    if (waiting) {
      waiting.count += 1;
      waiting.reason = reason;
      return;
    }
    this.#waiting.set(endpointId, { count: 0, reason });
    this.#write(endpointId, reason, 1);
    setTimeout(() => this.#writeWaiting(endpointId), INTERVAL_MS).unref();
  }

  #writeWaiting(endpointId: string): void {
    const waiting = this.#waiting.get(endpointId);
    this.#waiting.delete(endpointId);
    if (waiting && waiting.count > 0) {
      this.#write(endpointId, waiting.reason, waiting.count);
    }
  }

  #write(endpointId: string, reason: Reason, count: number): void {
    this.endpoints.refused(endpointId, reason, count).catch(error => {
      this.logger.warn(
        `Could not count a refusal of endpoint ${endpointId}: ${error}`,
      );
    });
  }
}
