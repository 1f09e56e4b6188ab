import { mockServices } from '@backstage/backend-test-utils';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { databaseNow } from '../database';
import { DeliveryWriter, EventQueue } from '../inbox';
import { Metrics } from '../metrics';
import { RegistryService, StoredRegistry } from '../registries';
import { digestOf, eachDatabase, newDelivery, waitFor } from '../testing';
import { Decider } from './Decider';
import { Dispatcher } from './Dispatcher';
import { EventSettler } from './EventSettler';
import { TagStore } from './TagStore';
import { ToldPushes } from './ToldPushes';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What registries answer to a HEAD, by their id. */
type Answers = Record<string, () => Promise<{ digest: string }>>;

function dispatcherOn(
  knex: Knex,
  answers: Answers,
  settled: Metrics['settled'] = () => {},
) {
  const events = EventQueue.create({ knex });
  const logger = mockServices.logger.mock();
  const settler = new EventSettler({
    decider: {
      prepare: async () => ({}),
      decide: async () => ({
        policyIds: [],
        rollouts: [],
        blocked: [],
        recorded: [],
        rejected: [],
      }),
      announce: () => {},
    } as unknown as Decider,
    events,
    logger,
    registries: {
      find: async (id: string) => ({ id } as StoredRegistry),
      client: async (id: string) =>
        ({ resolve: answers[id] } as unknown as RegistryClient),
    } as unknown as RegistryService,
    tags: TagStore.create({ knex }),
    toldPushes: {} as unknown as ToldPushes,
    metrics: { settled },
    publish: () => {},
  });
  return new Dispatcher({ events, logger, settler, pollMs: 10 });
}

describe.each(eachDatabase())('Dispatcher, $name', database => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await database.create();
  });

  const receive = (registryId: string, repository: string, age = 0) =>
    new DeliveryWriter(knex).write(
      newDelivery({ registryId, repository, receivedAt: Date.now() - age }),
    );

  const settled = (registryId: string) =>
    waitFor(
      async () => {
        const event = await knex('image_events')
          .where({ registry_id: registryId })
          .first();
        return event.outcome !== 'pending' && event;
      },
      { what: `an event of ${registryId}` },
    );

  it('serves a registry while another leaves hundreds of calls unanswered', async () => {
    for (let index = 0; index < 300; index++) {
      await receive('dead', `shop/r${index}`);
    }
    await receive('alive', 'shop/web');
    let giveUp: (error: Error) => void = () => {};
    const silence = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const dispatcher = dispatcherOn(knex, {
      dead: () => silence,
      alive: async () => ({ digest: digestOf('a') }),
    });
    dispatcher.start();
    expect((await settled('alive')).outcome).toBe('ignored');

    const held = await knex('image_events')
      .where({ registry_id: 'dead' })
      .where('lease_until', '>=', databaseNow(knex));
    expect(held).toHaveLength(8);
    const stopped = dispatcher.stop();
    giveUp(new Error('Nothing answers'));
    await stopped;
    expect(await knex('image_events').whereNotNull('lease_token')).toEqual([]);
  });

  it('asks once for all events of a tag, and gives them up together', async () => {
    for (let index = 0; index < 50; index++) {
      await receive('local', 'shop/web');
    }
    const resolve = jest.fn(async () => {
      throw new RegistryError('not-found', 'No such tag');
    });
    const metric = jest.fn();
    const dispatcher = dispatcherOn(knex, { local: resolve }, metric);
    const open = knex('image_events').where('outcome', '!=', 'failed');
    dispatcher.start();
    for (let attempts = 1; attempts <= 3; attempts++) {
      await waitFor(
        async () => {
          const left = await open.clone().whereNot({ attempts });
          return left.length === 0;
        },
        { what: `attempt ${attempts}` },
      );
      expect(resolve).toHaveBeenCalledTimes(attempts);
      await knex('image_events').update({
        next_attempt_at: databaseNow(knex, -1),
      });
    }
    await waitFor(async () => (await open.clone()).length === 0, {
      what: 'the end of all',
    });
    await dispatcher.stop();
    expect(resolve).toHaveBeenCalledTimes(4);
    expect(metric.mock.calls).toEqual([['failed', 50]]);
  });

  it.each([
    { age: DAY_MS - 60_000, outcome: 'waiting' },
    { age: DAY_MS + 60_000, outcome: 'failed' },
  ])(
    'tries after an unexpected failure for a day: $outcome',
    async ({ age, outcome }) => {
      await receive('broken', 'shop/web', age);
      const dispatcher = dispatcherOn(knex, {
        broken: async () => {
          throw new TypeError('A fault of the client');
        },
      });
      dispatcher.start();
      expect((await settled('broken')).outcome).toBe(outcome);
      await dispatcher.stop();
    },
  );
});
