import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { Knex } from 'knex';
import { DeliveryWriter, EventQueue } from '../inbox';
import { RolloutSteps } from '../rollouts/RolloutSteps';
import { RolloutStore } from '../rollouts';
import { newDelivery, newRollout, sqlite } from '../testing';
import { Metrics } from './Metrics';
import { watchQueues } from './watchQueues';

type Observe = (result: {
  observe(value: number, attributes?: Record<string, string>): void;
}) => Promise<void>;

function queuesOf(knex: Knex) {
  const steps = RolloutSteps.create({ knex });
  return {
    events: EventQueue.create({ knex }),
    rollouts: RolloutStore.create({ knex, steps }),
  };
}

describe('metrics', () => {
  const database = sqlite();

  function collected() {
    const gauges = new Map<string, Observe>();
    const service = metricsServiceMock.mock();
    service.createObservableGauge.mockImplementation(
      name =>
        ({
          addCallback: (observe: Observe) => gauges.set(name, observe),
          removeCallback: () => gauges.delete(name),
        } as unknown as ReturnType<typeof service.createObservableGauge>),
    );
    return { gauges, metrics: Metrics.create({ metrics: service }) };
  }

  async function read(observe: Observe | undefined) {
    const values: Array<[number, Record<string, string> | undefined]> = [];
    await observe?.({
      observe: (value, attributes) => values.push([value, attributes]),
    });
    return values;
  }

  it('tell how many events wait, and since when', async () => {
    const knex = await database.create();
    const { gauges, metrics } = collected();
    watchQueues(metrics, queuesOf(knex));
    const waiting = () => read(gauges.get('image_registry.inbox.waiting'));
    const age = () => read(gauges.get('image_registry.inbox.oldest.age'));
    expect(await waiting()).toEqual([[0, undefined]]);
    expect(await age()).toEqual([[0, undefined]]);

    await new DeliveryWriter(knex).write(
      newDelivery({ receivedAt: Date.now() - 5000 }),
    );
    expect(await waiting()).toEqual([[1, undefined]]);
    const [[seconds]] = await age();
    expect(seconds).toBeGreaterThanOrEqual(5);
    expect(seconds).toBeLessThan(60);
  });

  it('tell every open state, also that there is none in it', async () => {
    const knex = await database.create();
    const { gauges, metrics } = collected();
    watchQueues(metrics, queuesOf(knex));
    const open = () => read(gauges.get('image_registry.rollouts.open'));
    const told = (queued: number) => [
      [queued, { state: 'queued' }],
      [0, { state: 'waiting' }],
      [0, { state: 'applying' }],
      [0, { state: 'progressing' }],
      [0, { state: 'rolling-back' }],
    ];
    expect(await open()).toEqual(told(0));
    const { rollouts } = queuesOf(knex);
    await rollouts.transaction(trx => rollouts.insert(trx, newRollout()));
    expect(await open()).toEqual(told(1));
    metrics.stop();
    expect(gauges.size).toBe(0);
  });
});
