import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  NotificationEndpoint,
  NotificationState,
} from './NotificationEndpoint';
import { QueuedEvent } from './QueuedEvent';
import { RegistryEvent } from './RegistryEvent';

/**
 * Sends the events of one endpoint in order, one request each, and repeats a
 * failed one until it is taken: nothing overtakes it.
 */
export class EndpointQueue {
  private endpoint: NotificationEndpoint;
  private readonly changed: () => void;
  private readonly waiting: QueuedEvent[] = [];
  private readonly stopped = new AbortController();
  private running?: Promise<void>;
  private delivered = 0;
  private failed = 0;
  private failuresInARow = 0;
  private lastStatus?: number;
  private lastError?: string;

  /** @param changed - called when an event came or was taken */
  constructor(endpoint: NotificationEndpoint, changed: () => void = () => {}) {
    this.endpoint = endpoint;
    this.changed = changed;
  }

  /** Changes where events go; those that wait go there too. */
  replace(endpoint: NotificationEndpoint): void {
    this.endpoint = endpoint;
    this.failuresInARow = 0;
  }

  push(contentType: string, event: RegistryEvent): void {
    const { ignore } = this.endpoint;
    const mediaType = event.target.mediaType;
    const ignored =
      ignore.actions.includes(event.action) ||
      (typeof mediaType === 'string' && ignore.mediaTypes.includes(mediaType));
    if (ignored || this.stopped.signal.aborted) {
      return;
    }
    this.add([{ contentType, event }]);
  }

  /** Lets events wait that an earlier queue had taken in. */
  add(events: QueuedEvent[]): void {
    if (events.length === 0) {
      return;
    }
    this.waiting.push(...events);
    this.changed();
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
    });
  }

  /** Events that were not taken yet, the one being sent among them. */
  pending(): QueuedEvent[] {
    return [...this.waiting];
  }

  /** Drops what waits. */
  clear(): void {
    this.waiting.length = 0;
    this.changed();
  }

  state(): NotificationState {
    return {
      name: this.endpoint.name,
      url: this.endpoint.url,
      headerNames: Object.keys(this.endpoint.headers),
      pending: this.waiting.length,
      delivered: this.delivered,
      failed: this.failed,
      failuresInARow: this.failuresInARow,
      ...(this.lastStatus !== undefined && { lastStatus: this.lastStatus }),
      ...(this.lastError !== undefined && { lastError: this.lastError }),
    };
  }

  /** Ends at once; what still waits is dropped. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async drain(): Promise<void> {
    const { signal } = this.stopped;
    while (this.waiting.length > 0 && !signal.aborted) {
      const [first] = this.waiting;
      if (await this.attempt(first)) {
        // It may have been dropped meanwhile.
        if (this.waiting[0] === first) {
          this.waiting.shift();
        }
        this.changed();
      } else if (this.failuresInARow >= this.endpoint.threshold) {
        await pause(this.endpoint.backoff, signal);
      }
    }
  }

  private async attempt(queued: QueuedEvent): Promise<boolean> {
    try {
      const status = await post(this.endpoint, queued, this.stopped.signal);
      this.lastStatus = status;
      if (status < 200 || status >= 400) {
        throw new Error(`answered with status ${status}`);
      }
    } catch (error) {
      this.failed += 1;
      this.failuresInARow += 1;
      this.lastError = error instanceof Error ? error.message : String(error);
      return false;
    }
    this.delivered += 1;
    this.failuresInARow = 0;
    this.lastError = undefined;
    return true;
  }
}

function post(
  endpoint: NotificationEndpoint,
  queued: QueuedEvent,
  stopped: AbortSignal,
): Promise<number> {
  const body = Buffer.from(
    JSON.stringify({ events: [queued.event] }, undefined, 3),
  );
  const secure = endpoint.url.startsWith('https:');
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? httpsRequest : httpRequest)(
      endpoint.url,
      {
        method: 'POST',
        headers: {
          'User-Agent': 'Go-http-client/1.1',
          ...endpoint.headers,
          'Content-Type': queued.contentType,
          'Content-Length': body.length,
        },
        signal: AbortSignal.any([
          stopped,
          AbortSignal.timeout(endpoint.timeout),
        ]),
        ...(endpoint.ca && { ca: endpoint.ca }),
      },
      response => {
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.resume();
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Waits so long, or until the queue is stopped. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
