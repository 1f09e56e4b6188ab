import { RolloutState } from '@slipway/backstage-plugin-image-registry-common';
import { EventQueue } from '../inbox';
import { Metrics } from './Metrics';

/** Whose queues are told of. */
export interface WatchedQueues {
  events: EventQueue;
  rollouts: {
    /** How many are in each state that is not final. */
    countOpen(): Promise<Map<RolloutState, number>>;
  };
}

/** Lets metrics tell what waits, and for how long. */
export function watchQueues(
  metrics: Metrics,
  { events, rollouts }: WatchedQueues,
): void {
  metrics.watch(
    'image_registry.inbox.waiting',
    { description: 'Events that wait for a decision' },
    async () => new Map([['', (await events.depth()).waiting]]),
  );
  metrics.watch(
    'image_registry.inbox.oldest.age',
    { description: 'Age of the oldest event that waits', unit: 's' },
    async () => {
      const { oldest } = await events.depth();
      const ageMs = oldest ? Date.now() - Date.parse(oldest) : 0;
      return new Map([['', Math.max(0, ageMs / 1000)]]);
    },
  );
  metrics.watch(
    'image_registry.rollouts.open',
    { description: 'Rollouts that are not over', attribute: 'state' },
    () => rollouts.countOpen(),
  );
}
