import { once } from 'node:events';
import { mockServices } from '@backstage/backend-test-utils';
import {
  TargetRef,
  TestPullStep,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { sqlite, waitFor } from '../testing';
import { component } from '../testing/startPortal';
import { TargetPulls } from './TargetPulls';
import { TestPulls } from './TestPulls';
import { TestPullStore } from './TestPullStore';

const at = new Date(0).toISOString();
const target: TargetRef = {
  cluster: 'local',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
  container: 'web',
};

describe('TestPulls', () => {
  const database = sqlite();
  let knex: Knex;
  let podsLeft: number;

  beforeAll(async () => {
    knex = await database.create();
  });

  beforeEach(() => {
    podsLeft = 0;
  });

  /** Of one replica, whose pods go through these steps and then hang. */
  function replica(
    steps: Array<Omit<TestPullStep, 'at'>>,
    end?: { failure?: Error },
  ) {
    async function* run(signal: AbortSignal): AsyncGenerator<TestPullStep> {
      podsLeft += 1;
      try {
        for (const step of steps) {
          yield { at, ...step };
        }
        if (!end) {
          await once(signal, 'abort');
          signal.throwIfAborted();
        } else if (end.failure) {
          throw end.failure;
        }
      } finally {
        podsLeft -= 1;
      }
    }
    const pulls = {
      test: async (_entity: unknown, _target: unknown, _of: unknown, s) => ({
        image: 'registry.test/shop/web:main',
        steps: run(s),
      }),
    } as Pick<TargetPulls, 'test'> as TargetPulls;
    return new TestPulls({
      logger: mockServices.logger.mock(),
      pulls,
      store: TestPullStore.create({ knex }),
      publish: jest.fn(),
      cancelLookMs: 5,
    });
  }

  const start = (tests: TestPulls) =>
    tests.start(component('web'), target, { author: 'user:default/ada' });

  it('tell each step, and what was said of it later', async () => {
    const tests = replica(
      [
        { phase: 'creating' },
        { phase: 'pulling' },
        { phase: 'pulling', words: 'Pulling image' },
        { phase: 'pulled', words: 'Pulled in 2 s' },
      ],
      {},
    );
    const { id } = await start(tests);
    const ended = await waitFor(
      async () => {
        const now = await tests.get(id);
        return now.state === 'ended' && now;
      },
      { what: 'the end' },
    );
    expect(ended.steps.map(({ phase, words }) => [phase, words])).toEqual([
      ['creating', undefined],
      ['pulling', 'Pulling image'],
      ['pulled', 'Pulled in 2 s'],
    ]);
    expect(Date.parse(ended.endedAt!)).toBeGreaterThanOrEqual(
      Date.parse(ended.startedAt),
    );
  });

  it('are cancelled from another replica, and leave no pod', async () => {
    const { id } = await start(replica([{ phase: 'pulling' }]));
    const other = replica([]);
    await other.cancel(await other.get(id));
    expect(await other.get(id)).toMatchObject({ state: 'cancelled' });
    await waitFor(async () => podsLeft === 0, { what: 'the pod to go' });
    expect(await other.get(id)).toMatchObject({ state: 'cancelled' });
  });

  it('leave no pod when the portal stops', async () => {
    const tests = replica([{ phase: 'pulling' }]);
    const { id } = await start(tests);
    await tests.stop();
    expect(podsLeft).toBe(0);
    expect(await tests.get(id)).toMatchObject({
      state: 'ended',
      failure: { code: 'test-pull-broke-off' },
    });
  });

  it('say why the cluster tells no more', async () => {
    const failure = new DriverError('forbidden', 'May not get pods');
    const tests = replica([{ phase: 'creating' }], { failure });
    const { id } = await start(tests);
    await waitFor(async () => (await tests.get(id)).state === 'ended', {
      what: 'the end',
    });
    expect(await tests.get(id)).toMatchObject({
      failure: { code: 'forbidden', message: 'May not get pods' },
    });
  });

  it('are lost with the replica that waited', async () => {
    const { id } = await start(replica([{ phase: 'pulling' }]));
    await knex('test_pulls').where({ id }).update({ deadline_at: 1 });
    const other = replica([]);
    const lost = await other.get(id);
    expect(lost.state).toBe('lost');
    await other.cancel(lost);
    await waitFor(async () => podsLeft === 0, { what: 'the pod to go' });
  });
});
