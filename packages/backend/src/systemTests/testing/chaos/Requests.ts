import {
  Hold,
  Rollout,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { randomUUID } from 'node:crypto';
import { eventually } from '../eventually';
import { RestError } from '../RestClient';
import { Push } from '../WebhookSender';
import { World } from '../World';
import { ChaosTarget } from './ChaosTarget';

/** Between two attempts of a person, in ms. */
const AGAIN_MS = 300;
/** A person's patience with a portal that is killed again and again, in ms. */
const PATIENCE_MS = 600_000;

/**
 * People who repeat what they asked for until the portal has answered: it may
 * be away, and so may be the cluster that it asks first.
 */
export class Requests {
  /** Requests that were sent, those that were refused or lost among them. */
  attempts = 0;
  /** Cancels, rollbacks and retries that were taken. */
  meddled = 0;
  /** Ids of the rollouts that were promised to people. */
  readonly promised: string[] = [];
  /** Epoch in ms at which a target's hold was known to be lifted last. */
  readonly lifted = new Map<string, number>();

  constructor(private readonly world: World) {}

  /** However often it is sent, its key makes it one rollout. */
  async deploy({ ref, entityRef }: ChaosTarget, push: Push): Promise<void> {
    const owner = this.world.portal.as('owner');
    const key = randomUUID();
    const { id } = await this.#untilAnswered(() =>
      owner.post<Rollout>(
        '/rollouts',
        {
          entityRef,
          target: ref,
          image: {
            registryId: 'sandbox',
            repository: push.repository,
            tag: push.tag,
            digest: push.digest,
          },
          consent: true,
        },
        { 'idempotency-key': key },
      ),
    );
    this.promised.push(id);
  }

  /** Holds the automation, if it is not held already. */
  async hold({ ref, entityRef }: ChaosTarget): Promise<void> {
    const owner = this.world.portal.as('owner');
    const body = { entityRef, target: ref, reason: 'To look at it' };
    await owner.post('/holds', body).catch(error => {
      if (!(error instanceof RestError && error.status === 409)) {
        throw error;
      }
    });
  }

  /** Lets the automation go on, if it is held. */
  async resume({ ref }: ChaosTarget): Promise<void> {
    const owner = this.world.portal.as('owner');
    const key = targetKey(ref);
    await this.#untilAnswered(async () => {
      const { items } = await owner.get<{ items: Hold[] }>('/holds');
      const hold = items.find(each => each.targetKey === key);
      if (hold) {
        // It may be lifted although the answer is lost.
        await owner.delete(`/holds/${hold.id}`).finally(() => {
          this.lifted.set(key, Date.now());
        });
      }
    });
  }

  /**
   * Does something to the newest rollout of a target, once: what is not
   * possible any more, or gets lost, is left so.
   */
  async meddle(
    { ref }: ChaosTarget,
    action: 'cancel' | 'rollback' | 'retry',
  ): Promise<void> {
    const owner = this.world.portal.as('owner');
    const key = encodeURIComponent(targetKey(ref));
    this.attempts += 1;
    try {
      const { items } = await owner.get<{ items: Rollout[] }>(
        `/rollouts?targetKey=${key}&limit=1`,
      );
      await owner.post(`/rollouts/${items[0].id}/${action}`, {});
      this.meddled += 1;
    } catch {
      // Portal and cluster come and go: this is what it is about.
    }
  }

  #untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    return eventually(
      () => {
        this.attempts += 1;
        return ask();
      },
      { intervalMs: AGAIN_MS, timeoutMs: PATIENCE_MS },
    );
  }
}
