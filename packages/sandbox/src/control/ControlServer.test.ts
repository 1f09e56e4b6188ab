import { startSandboxRegistry, SandboxRegistry } from '../registry';
import { call } from '../registry/testing/call';
import {
  EventReceiver,
  startEventReceiver,
} from '../registry/testing/eventReceiver';
import { ControlServer, startControlServer } from './ControlServer';
import { registryRoutes } from './registryRoutes';

describe('the control server', () => {
  let registry: SandboxRegistry;
  let control: ControlServer;

  beforeEach(async () => {
    registry = await startSandboxRegistry();
    control = await startControlServer({ routes: registryRoutes(registry) });
  });

  afterEach(async () => {
    await control.stop();
    await registry.stop();
  });

  const send = (method: string, path: string, body?: unknown) =>
    call(`${control.url}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  it('sets, shows and clears faults', async () => {
    const added = await send('POST', '/registry/faults', {
      path: '/v2/',
      times: 1,
      effect: { kind: 'too-many-requests', retryAfter: 3 },
    });
    expect(added).toMatchObject({ status: 201, json: { id: 1 } });
    const hit = await call(`${registry.url}/v2/`);
    expect(hit).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    expect((await send('GET', '/registry/faults')).json).toMatchObject({
      faults: [{ id: 1, hit: 1 }],
    });
    expect((await send('DELETE', '/registry/faults/1')).status).toBe(200);
    expect((await send('DELETE', '/registry/faults/1')).status).toBe(404);
    await send('POST', '/registry/faults', {
      effect: { kind: 'status', status: 500 },
    });
    await send('DELETE', '/registry/faults');
    expect((await call(`${registry.url}/v2/`)).status).toBe(200);
  });

  it('builds and pushes an image whose event arrives', async () => {
    const receiver: EventReceiver = await startEventReceiver();
    try {
      const set = await send('POST', '/registry/endpoints', {
        name: 'portal',
        url: receiver.url,
        headers: { Authorization: 'Bearer hidden' },
        ignore: { mediaTypes: ['application/octet-stream'], actions: ['pull'] },
      });
      expect(set.status).toBe(201);
      expect(set.text).not.toContain('hidden');
      const source = { repository: 'demo/web', tag: 'v9.0.0' };
      const first = await send('POST', '/registry/push', source);
      const second = await send('POST', '/registry/push', source);
      const digest = (answer: typeof first) =>
        (answer.json as { digest: string }).digest;
      expect(first.status).toBe(201);
      expect(digest(first)).not.toBe(digest(second));
      const events = await receiver.received(2);
      expect(events.map(each => each.target.digest)).toEqual([
        digest(first),
        digest(second),
      ]);
      const removed = await send('DELETE', '/registry/endpoints/portal');
      expect(removed.json).toEqual({ endpoints: [] });
    } finally {
      await receiver.stop();
    }
  });

  it.each([
    ['an unknown field', { repository: 'a', tag: 'b', name: 'c' }, 'name'],
    ['a missing field', { repository: 'a' }, 'tag'],
    ['nothing', undefined, 'body'],
  ])('refuses %s and names it', async (_, body, field) => {
    const answer = await send('POST', '/registry/push', body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(field);
  });

  it('says what is wrong with a call', async () => {
    expect((await send('GET', '/nowhere')).status).toBe(404);
    expect((await send('GET', '/registry/push')).status).toBe(405);
    const answer = await call(`${control.url}/registry/push`, {
      method: 'POST',
      body: '{',
    });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.text).toContain('not JSON');
  });

  it.each([
    ['from a page', { Origin: 'http://localhost:3000' }],
    ['by a name that someone pointed here', { Host: 'rebound.example.com' }],
  ])('refuses a call %s', async (_, headers) => {
    const answer = await call(`${control.url}/registry/faults`, { headers });
    expect(answer.status).toBe(403);
  });
});
