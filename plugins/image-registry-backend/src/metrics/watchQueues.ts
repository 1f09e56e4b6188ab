import {
  finalRolloutStates,
  rolloutStateSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { EventQueue } from '../inbox';
import { isOpenRollout } from '../rollouts';
import { Metrics } from './Metrics';

const openStates = rolloutStateSchema.options.filter(
  state => !finalRolloutStates.includes(state),
);

/** Lets metrics tell what waits, and for how long. */
export function watchQueues(
  metrics: Metrics,
  { events, knex }: { events: EventQueue; knex: Knex },
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
    async () => {
      const rows: Array<{ state: string; count: number | string }> = await knex(
        'rollouts',
      )
        .select('state')
        .count({ count: '*' })
        .whereRaw(isOpenRollout())
        .groupBy('state');
      const counts = new Map(openStates.map(state => [state as string, 0]));
      rows.forEach(({ state, count }) => counts.set(state, Number(count)));
      return counts;
    },
  );
}
