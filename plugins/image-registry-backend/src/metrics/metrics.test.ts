import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { DeliveryWriter, EventQueue } from '../inbox';
import { newDelivery, sqlite } from '../testing';
import { Metrics } from './Metrics';
import { watchQueues } from './watchQueues';

type Observe = (result: {
  observe(value: number, attributes?: Record<string, string>): void;
}) => Promise<void>;

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
    watchQueues(metrics, { events: EventQueue.create({ knex }), knex });
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
    watchQueues(metrics, { events: EventQueue.create({ knex }), knex });
    expect(await read(gauges.get('image_registry.rollouts.open'))).toEqual(
      ['queued', 'waiting', 'applying', 'progressing', 'rolling-back'].map(
        state => [0, { state }],
      ),
    );
    metrics.stop();
    expect(gauges.size).toBe(0);
  });
});
