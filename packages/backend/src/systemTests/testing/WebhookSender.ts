import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** An image that was pushed. */
export interface Push {
  repository: string;
  tag: string;
  digest: string;
  /** When the registry took it; ISO 8601. */
  at: string;
}

/** A push that the portal said it received. */
export interface Acknowledged extends Push {
  deliveryId: string;
}

const RETRY_MS = 500;
const ATTEMPT_MS = 5_000;

/**
 * Tells the portal of pushes in the words of a Docker Registry, each until it
 * is taken with 2xx. Several may be on their way at a time, so that a later
 * one can overtake.
 */
export class WebhookSender {
  readonly acknowledged: Acknowledged[] = [];
  attempts = 0;
  readonly #open = new Set<Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(
    private readonly webhook: { url: string; authorization: string },
  ) {}

  send(push: Push): void {
    const sending = this.#untilTaken(push).finally(() => {
      this.#open.delete(sending);
    });
    this.#open.add(sending);
  }

  /** Resolves when all that was given to it has been taken. */
  async allTaken(): Promise<void> {
    await Promise.all(this.#open);
  }

  /** Gives up what is still on its way. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.allTaken();
  }

  async #untilTaken(push: Push): Promise<void> {
    const body = JSON.stringify({ events: [eventOf(push)] });
    while (!this.#stopped.signal.aborted) {
      this.attempts += 1;
      try {
        const response = await fetch(this.webhook.url, {
          method: 'POST',
          headers: {
            authorization: this.webhook.authorization,
            'content-type':
              'application/vnd.docker.distribution.events.v2+json',
          },
          body,
          signal: AbortSignal.any([
            this.#stopped.signal,
            AbortSignal.timeout(ATTEMPT_MS),
          ]),
        });
        const text = await response.text();
        if (response.ok) {
          const { deliveryId } = JSON.parse(text);
          this.acknowledged.push({ ...push, deliveryId });
          return;
        }
      } catch {
        // The portal is being killed or started: this is what it is about.
      }
      await sleep(RETRY_MS);
    }
  }
}

/** A push in the words of a Docker Registry. */
export function eventOf({ repository, tag, digest, at }: Push) {
  return {
    id: randomUUID(),
    timestamp: at,
    action: 'push',
    target: {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest,
      repository,
      tag,
      url: `http://registry.test/v2/${repository}/manifests/${digest}`,
    },
    request: { id: randomUUID(), method: 'PUT' },
    actor: {},
  };
}
