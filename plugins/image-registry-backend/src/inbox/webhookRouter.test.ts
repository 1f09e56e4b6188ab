import fc from 'fast-check';
import { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { eachDatabase, waitFor } from '../testing';
import { as } from '../testing/people';
import { secretKeys } from '../testing/secretKeys';
import { DeliveryWriter, InboxFullError } from './DeliveryWriter';
import { EndpointStore } from './EndpointStore';
import { Portal, startPortal, webhookSecret } from '../testing/startPortal';

const endpoint = 'config-local-push';
const json = { 'content-type': 'application/json' };
const bearer = { authorization: `Bearer ${webhookSecret}` };
const push = (repository: unknown, tag: unknown = 'main', more = {}) => ({
  action: 'push',
  target: { repository, tag },
  ...more,
});

describe.each(eachDatabase())('webhook route, $name', database => {
  let knex: Knex;
  let portal: Portal;

  beforeAll(async () => {
    knex = await database.create();
    portal = await startPortal({ knex });
  });

  beforeEach(async () => {
    await knex('image_events').delete();
    await knex('deliveries').delete();
    await knex('webhook_endpoints').update({ refusal_count: 0 });
  });

  afterAll(() => portal.stop());

  async function send(
    options: {
      path?: string;
      headers?: Record<string, string>;
      body?: string | Uint8Array;
    } = {},
  ) {
    const response = await fetch(
      `${portal.base}/webhooks/${options.path ?? endpoint}`,
      {
        method: 'POST',
        headers: options.headers ?? { ...json, ...bearer },
        body: options.body ?? JSON.stringify({ events: [push('shop/web')] }),
      },
    );
    const text = await response.text();
    return { status: response.status, text, headers: response.headers };
  }

  const stored = async () => ({
    deliveries: await knex('deliveries').orderBy('sequence'),
    events: await knex('image_events').orderBy('sequence'),
  });

  it('says when to come again while it cannot store what comes', async () => {
    const write = jest
      .spyOn(DeliveryWriter.prototype, 'write')
      .mockRejectedValueOnce(new InboxFullError());
    const { status, headers } = await send();
    write.mockRestore();
    expect([status, headers.get('retry-after')]).toEqual([503, '10']);
    expect((await send()).status).toBe(202);
  });

  it('has it stored when it says 202', async () => {
    const { status, text } = await send();
    expect(status).toBe(202);
    const { deliveryId, events } = JSON.parse(text);
    expect(events).toBe(1);
    const known = await stored();
    expect(known.deliveries.map(row => row.id)).toEqual([deliveryId]);
    expect(known.events).toMatchObject([
      { delivery_id: deliveryId, repository: 'shop/web', tag: 'main' },
    ]);
  });

  it.each<[why: string, status: number, options: Parameters<typeof send>[0]]>([
    ['malformed', 400, { body: '{"events":[' }],
    ['of another kind', 400, { body: '[]' }],
    ['without events', 400, { body: '{"a":1}' }],
    ['empty', 400, { body: '' }],
    ['of 10 MiB', 413, { body: `"${'x'.repeat(10 * 1024 * 1024)}"` }],
    [
      'of another type',
      415,
      { headers: { ...bearer, 'content-type': 'text/xml' } },
    ],
    ['unsigned', 401, { headers: json }],
    [
      'with a wrong secret',
      401,
      { headers: { ...json, authorization: 'Bearer no' } },
    ],
    ['with the secret of another endpoint', 401, { path: 'config-local-shop' }],
    [
      'without a secret in its URL',
      401,
      { path: `${endpoint}/no`, headers: json },
    ],
    ['for nobody', 404, { path: 'nobody' }],
    ['with a strange path', 400, { path: 'a%00b' }],
    ['with a broken path', 400, { path: '%E0%A4%A' }],
    [
      'unsigned and of 10 MiB',
      401,
      { headers: json, body: 'x'.repeat(10 * 1024 * 1024) },
    ],
    [
      'with broken compression',
      400,
      { headers: { ...json, ...bearer, 'content-encoding': 'gzip' } },
    ],
    [
      'with too many events',
      400,
      { body: JSON.stringify({ events: Array(1001).fill(push('a')) }) },
    ],
  ])(
    'refuses a call %s with %d and stores nothing',
    async (_, status, options) => {
      const answer = await send(options);
      expect([answer.status, answer.text]).toEqual([
        status,
        expect.any(String),
      ]);
      expect(JSON.parse(answer.text).error.message).not.toBe('');
      expect(await stored()).toEqual({ deliveries: [], events: [] });
    },
  );

  it('counts refusals on the endpoint, with the reason', async () => {
    await send({ headers: json });
    await send({ headers: { ...json, authorization: 'Bearer no' } });
    const counted = await waitFor(
      async () => {
        const row = await knex('webhook_endpoints')
          .where({ id: endpoint })
          .first();
        return (
          row.refusal_count >= 2 &&
          JSON.parse(row.last_refusal_reason).code === 'webhook-secret-wrong'
        );
      },
      { what: 'the refusals to be counted' },
    );
    expect(counted).toBe(true);
  });

  it.each<[how: string, path: string, headers: Record<string, string>]>([
    ['as a bearer token', endpoint, { ...json, ...bearer }],
    ['bare', endpoint, { ...json, authorization: webhookSecret }],
    [
      'as the password of a login',
      endpoint,
      {
        ...json,
        authorization: `Basic ${btoa(`anybody:${webhookSecret}`)}`,
      },
    ],
    ['in the URL', `${endpoint}/${webhookSecret}`, json],
  ])('takes the secret %s, and keeps it nowhere', async (_, path, headers) => {
    const body = JSON.stringify({
      events: [push('shop/web', 'main', { note: `it is ${webhookSecret}` })],
    });
    const { status, text } = await send({
      path,
      headers: { ...headers, 'user-agent': `agent ${webhookSecret}` },
      body,
    });
    expect(status).toBe(202);
    const { logger } = portal;
    const logged = [
      logger.info,
      logger.warn,
      logger.error,
      logger.debug,
    ].flatMap(each => each.mock.calls);
    const everything = JSON.stringify([
      text,
      await stored(),
      await knex('webhook_endpoints'),
      await knex('webhook_secrets'),
      logged,
    ]);
    expect(everything).toContain('it is [redacted]');
    expect(everything).not.toContain(webhookSecret);
    expect(everything).not.toContain(btoa(`anybody:${webhookSecret}`));
  });

  it.each([
    ['no endpoint has', 'nobody/a-token-in-the-url', 404],
    ['is wrong', `${endpoint}/a-token-in-the-url`, 401],
    ['is wrong, with a query', `${endpoint}/a-token-in-the-url?a=b`, 401],
    ['no route takes', `${endpoint}/a-token-in-the-url/more`, 404],
    ['holds U+0000', `${endpoint}/a-token-in-the-url%00`, 401],
    ['cannot be decoded', `${endpoint}/a-token-in-the-url%E0%A4%A`, 401],
  ])('repeats no token that %s', async (_, path, status) => {
    const answer = await send({ path, headers: json });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('a-token-in-the-url');
  });

  it('says of each event what it may and may not do', async () => {
    const { status } = await send({
      path: 'config-local-shop',
      headers: { ...json, authorization: 'Bearer a-secret-for-the-shop' },
      body: JSON.stringify({
        events: [
          push('shop/web'),
          push('bank/safe'),
          push('shop/web', undefined, { target: { repository: 'shop/web' } }),
          { ...push('shop/web'), action: 'pull' },
          push('UPPER CASE'),
          push('shop/web', 'sha256-abc.sig'),
        ],
      }),
    });
    expect(status).toBe(202);
    const { events } = await stored();
    expect(
      events.map(({ outcome, reason }) => [
        outcome,
        reason && JSON.parse(reason).code,
      ]),
    ).toEqual([
      // By now the registry may have been asked.
      [
        expect.stringMatching(/pending|waiting/),
        events[0].reason && 'tag-not-found',
      ],
      ['refused', 'not-this-endpoint'],
      ['ignored', 'no-tag'],
      ['ignored', 'not-a-push'],
      ['ignored', 'not-a-push'],
      ['ignored', 'not-a-push'],
    ]);
  });

  it.each<[string, Parameters<typeof send>[0]]>([
    [
      'The body is not compressed as its Content-Encoding says',
      { headers: { ...json, ...bearer, 'content-encoding': 'gzip' } },
    ],
    [
      'The body is larger than 1048576 bytes',
      { body: 'x'.repeat(1024 * 1024 + 1) },
    ],
  ])('says in words what it cannot read: %s', async (sentence, options) => {
    expect(JSON.parse((await send(options)).text).error.message).toBe(sentence);
  });

  it('stores U+0000 wherever it comes in', async () => {
    const { status } = await send({
      body: JSON.stringify({
        events: [
          push('shop/web', 'main', { actor: { name: 'a\u0000b' } }),
          push('shop/w\u0000b'),
        ],
      }),
    });
    expect(status).toBe(202);
    const { events } = await stored();
    expect(events).toMatchObject([
      { pushed_by: 'a\ufffdb' },
      { repository: null, outcome: 'ignored' },
    ]);
    expect((await send({ body: '{"events":[]}\u0000' })).status).toBe(400);
  });

  it('lets both secrets in after a rotation at once, and the old one no more when revoked', async () => {
    const made = await portal.call(
      'POST',
      '/registries/local/webhook-endpoints',
      as('admin'),
      { name: 'rotating' },
    );
    expect(made.status).toBe(201);
    const { id } = made.body.endpoint;
    const first: string = made.body.secret;
    const status = async (secret: string) =>
      (await send({ path: id, headers: { ...json, authorization: secret } }))
        .status;
    const rotate = async (revokeOld: boolean): Promise<string> =>
      (
        await portal.call(
          'POST',
          `/webhook-endpoints/${id}/rotate`,
          as('admin'),
          { revokeOld },
        )
      ).body.secret;
    expect(await status(first)).toBe(202);
    const second = await rotate(false);
    expect(await Promise.all([first, second].map(status))).toEqual([202, 202]);
    const third = await rotate(true);
    expect(await Promise.all([first, second, third].map(status))).toEqual([
      401, 401, 202,
    ]);
    await portal.call('DELETE', `/webhook-endpoints/${id}`, as('admin'));
    expect(await status(third)).toBe(404);
  });

  it('knows a secret that another process rotated', async () => {
    expect((await send()).status).toBe(202);
    const other = EndpointStore.create({
      knex: database.reconnect(knex),
      keys: secretKeys(knex),
    });
    const { secret } = await other.rotate(endpoint, { revokeOld: false });
    const answer = await send({ headers: { ...json, authorization: secret } });
    expect(answer.status).toBe(202);
  });

  it('replays what it stored, as a new delivery', async () => {
    const { text } = await send();
    const { deliveryId } = JSON.parse(text);
    const replayed = await portal.call(
      'POST',
      `/deliveries/${deliveryId}/replay`,
      as('admin'),
    );
    expect(replayed).toMatchObject({
      status: 202,
      body: { replayOf: deliveryId, events: [{ kind: 'push' }] },
    });
    const { deliveries } = await stored();
    expect(deliveries).toMatchObject([
      { id: deliveryId, replay_of: null },
      { id: replayed.body.id, replay_of: deliveryId },
    ]);
    const shown = await portal.call(
      'GET',
      `/deliveries/${replayed.body.id}`,
      as('admin'),
    );
    expect(shown.body).toMatchObject({ replayOf: deliveryId, decisions: [] });
  });

  it('never fails, and stores all of a delivery or nothing, whatever is sent', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.constantFrom('shop/web', 'main', 'push', '\u0000', 'x'.repeat(3000)),
    );
    const event = fc.record(
      {
        action: fc.oneof(fc.constant('push'), value),
        timestamp: fc.oneof(fc.constant(8.64e12), value),
        actor: fc.oneof(fc.record({ name: value }), value),
        target: fc.oneof(
          fc.record(
            {
              repository: fc.oneof(fc.constant('shop/web'), value),
              tag: fc.oneof(fc.constant('main'), value),
              digest: value,
              mediaType: value,
            },
            { requiredKeys: [] },
          ),
          value,
        ),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc
        .record({ events: fc.array(fc.oneof(event, value), { maxLength: 5 }) })
        .map(each => JSON.stringify(each)),
      value.map(each => JSON.stringify(each)),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(body, async sent => {
        const { status, text } = await send({ body: sent as Uint8Array });
        expect([202, 400]).toContain(status);
        const { deliveryId, events } = JSON.parse(text);
        const rows = await knex('image_events').where({
          delivery_id: deliveryId ?? null,
        });
        expect(rows).toHaveLength(events ?? 0);
      }),
      { numRuns: 150 },
    );
    const { deliveries, events } = await stored();
    const ids = new Set(deliveries.map(row => row.id));
    expect(events.filter(row => !ids.has(row.delivery_id))).toEqual([]);
  }, 120_000);

  it('lists, with the reader’s registries only, and refuses bad questions', async () => {
    await send();
    const get = (query: string) =>
      portal.call('GET', `/deliveries?${query}`, as('admin'));
    expect((await get('repository=shop/web')).body.items).toHaveLength(1);
    for (const query of [
      'from=banana',
      'cursor=WyJhIl0',
      'limit=0',
      'unknown=1',
      'repository=%00',
    ]) {
      expect([query, (await get(query)).status]).toEqual([query, 400]);
    }
    expect(
      (await portal.call('GET', '/deliveries/%00', as('admin'))).status,
    ).toBe(400);
  });

  it('is stored in groups under load, each answered after its own commit', async () => {
    const tag = () => randomBytes(4).toString('hex');
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        send({ body: JSON.stringify({ events: [push('shop/web', tag())] }) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([202]),
    );
    expect((await stored()).deliveries).toHaveLength(200);
  }, 60_000);
});
