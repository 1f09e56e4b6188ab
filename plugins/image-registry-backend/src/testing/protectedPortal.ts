import {
  Protection,
  RolloutDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { sqlite } from './databases';
import { as, Caller } from './people';
import { digestOf } from './rows';
import { component, Portal, startPortal } from './startPortal';
import { waitFor } from './waitFor';

const HOUR_MS = 60 * 60 * 1000;

/**
 * A portal for the tests of a file, with the component `web` in an environment
 * `production` that asks nothing at the beginning of each test, and the images
 * `shop/web:a`, `b` and `c`.
 */
export function protectedPortal() {
  const database = sqlite();
  let knex: Knex;
  let portal: Portal;
  let environment: { id: string; version: number };

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({
      knex,
      entities: [component('web'), component('api')],
    });
    for (const tag of ['a', 'b', 'c']) {
      portal.registry.push(`shop/web:${tag}`, digestOf(tag));
    }
    environment = await call('POST', '/environments', 'admin', {
      name: 'production',
      places: [{ cluster: 'local', namespaces: ['shop'] }],
    });
  });

  beforeEach(async () => {
    for (const table of ['rollouts', 'freezes', 'holds', 'approvals']) {
      await knex(table).delete();
    }
    const image = `registry.test/shop/web:old@${digestOf('c')}`;
    portal.cluster.add('web', { image });
    portal.notifications.length = 0;
    await protect({});
  });

  afterAll(() => portal.stop());

  async function call(
    method: string,
    path: string,
    caller: Caller,
    body?: unknown,
  ) {
    return (await portal.call(method, path, as(caller), body)).body;
  }

  const changeProtection = (protection: Protection) =>
    portal.call('PATCH', `/environments/${environment.id}`, as('admin'), {
      version: environment.version,
      protection,
    });

  async function protect(protection: Protection): Promise<void> {
    const answer = await changeProtection(protection);
    expect(answer.status).toBe(200);
    environment = answer.body;
  }

  async function deploy(
    tag = 'a',
    caller: Caller = 'owner',
    more: object = {},
  ) {
    return portal.call('POST', '/rollouts', as(caller), {
      entityRef: 'component:default/web',
      target: portal.cluster.workload('web').ref,
      image: { registryId: 'local', repository: 'shop/web', tag },
      ...more,
    });
  }

  async function until(
    id: string,
    ...states: string[]
  ): Promise<RolloutDetails> {
    return waitFor(
      async () => {
        const rollout = await call('GET', `/rollouts/${id}`, 'owner');
        return states.includes(rollout.state) && rollout;
      },
      { what: `${id} to be ${states}` },
    );
  }

  return {
    get knex() {
      return knex;
    },
    get portal() {
      return portal;
    },
    call,
    changeProtection,
    protect,
    deploy,
    until,
    async get(id: string): Promise<RolloutDetails> {
      return call('GET', `/rollouts/${id}`, 'owner');
    },
    async succeeds(tag: string): Promise<RolloutDetails> {
      const { body } = await deploy(tag);
      return until(body.id, 'succeeded');
    },
    /** Nothing but a call wakes it up. */
    async sleepLong(id: string): Promise<void> {
      await knex('rollouts')
        .where({ id })
        .update({ next_attempt_at: Date.now() + HOUR_MS });
    },
    async approve(id: string, caller: Caller, digest = digestOf('a')) {
      const path = `/rollouts/${id}/approve`;
      return portal.call('POST', path, as(caller), { digest });
    },
    gate: ({ gates }: RolloutDetails, name: string) =>
      gates.find(each => each.name === name),
  };
}
