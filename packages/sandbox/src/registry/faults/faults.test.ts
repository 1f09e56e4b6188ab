import { sha256Digest } from '../protocol/digests';
import { pushImage } from '../push/pushImage';
import { SandboxRegistry, startSandboxRegistry } from '../SandboxRegistry';
import { call } from '../testing/call';
import { RegistryFaultEffect } from './RegistryFault';

const ELSEWHERE = 'http://192.0.2.1:9';

describe('faults on demand', () => {
  let registry: SandboxRegistry;
  let digest: string;

  beforeEach(async () => {
    registry = await startSandboxRegistry();
    ({ digest } = await pushImage(registry.url, {
      repository: 'team/app',
      tag: 'a',
      tags: ['b', 'c'],
    }));
  });

  afterEach(() => registry.stop());

  const get = (path: string) => call(`${registry.url}/v2/team/app/${path}`);
  const once = (effect: RegistryFaultEffect) =>
    registry.faults.add({ effect, times: 1 });

  it.each<[RegistryFaultEffect, object]>([
    [
      { kind: 'too-many-requests', retryAfter: 7 },
      { status: 429, headers: { 'retry-after': '7' } },
    ],
    [{ kind: 'status', status: 503 }, { status: 503 }],
    [
      { kind: 'html', status: 200 },
      {
        status: 200,
        headers: { 'content-type': 'text/html' },
        json: undefined,
      },
    ],
    [{ kind: 'truncated-json' }, { status: 200, json: undefined }],
    [
      { kind: 'foreign-redirect', origin: ELSEWHERE },
      {
        status: 307,
        headers: { location: `${ELSEWHERE}/v2/team/app/tags/list` },
      },
    ],
  ])('%j happens once, then all is well', async (effect, expected) => {
    once(effect);
    expect(await get('tags/list')).toMatchObject(expected);
    expect((await get('tags/list')).json).toEqual({
      name: 'team/app',
      tags: ['a', 'b', 'c'],
    });
  });

  it('leaves Retry-After out when it is not given', async () => {
    once({ kind: 'too-many-requests' });
    expect((await get('tags/list')).headers['retry-after']).toBeUndefined();
  });

  it.each(['before', 'body'] as const)(
    'cuts the connection: %s',
    async when => {
      once({ kind: 'reset', when });
      await expect(get('tags/list')).rejects.toThrow(
        /ECONNRESET|socket hang up|aborted/,
      );
      expect((await get('tags/list')).status).toBe(200);
    },
  );

  it('is late', async () => {
    once({ kind: 'latency', milliseconds: 120 });
    const begin = performance.now();
    await get('tags/list');
    expect(performance.now() - begin).toBeGreaterThan(110);
  });

  it('lies about a digest, in the header or in the bytes', async () => {
    once({ kind: 'wrong-digest', part: 'header' });
    const header = await get('manifests/a');
    expect(header.headers['docker-content-digest']).toMatch(/^sha256:/);
    expect(header.headers['docker-content-digest']).not.toBe(digest);
    expect(sha256Digest(Buffer.from(header.text))).toBe(digest);
    once({ kind: 'wrong-digest', part: 'body' });
    const body = await get('manifests/a');
    expect(body.headers['docker-content-digest']).toBe(digest);
    expect(sha256Digest(Buffer.from(body.text))).not.toBe(digest);
  });

  it('gives the first page again and again', async () => {
    registry.faults.add({
      path: 'tags/list',
      effect: { kind: 'repeated-page' },
    });
    const first = await get('tags/list?n=1');
    const second = await get('tags/list?n=1&last=a');
    expect(second.json).toEqual(first.json);
    expect(second.headers.link).toBe(first.headers.link);
  });

  it('sends the next page to another host', async () => {
    once({ kind: 'foreign-link', origin: ELSEWHERE });
    expect((await get('tags/list?n=1')).headers.link).toBe(
      `<${ELSEWHERE}/v2/team/app/tags/list?last=a&n=1>; rel="next"`,
    );
  });

  it('names a realm on another host', async () => {
    const guarded = await startSandboxRegistry({
      access: { mode: 'token', users: [{ username: 'u', password: 'p' }] },
    });
    try {
      guarded.faults.add({
        effect: { kind: 'foreign-realm', origin: ELSEWHERE },
      });
      const answer = await call(`${guarded.url}/v2/`);
      expect(answer.headers['www-authenticate']).toContain(
        `realm="${ELSEWHERE}/token"`,
      );
    } finally {
      await guarded.stop();
    }
  });

  it('hits only the method and path that it is for, after those it skips', async () => {
    const id = registry.faults.add({
      method: 'GET',
      path: '/manifests/b$',
      skip: 1,
      times: 2,
      effect: { kind: 'status', status: 500 },
    });
    expect((await get('manifests/a')).status).toBe(200);
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await get('manifests/b')).status);
    }
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(registry.faults.list()).toMatchObject([{ id, hit: 2 }]);
    expect(registry.faults.remove(id)).toBe(true);
    expect(registry.faults.list()).toEqual([]);
  });

  it('changes nothing when it refuses a push', async () => {
    registry.faults.add({
      method: 'PUT',
      path: '/manifests/',
      effect: { kind: 'status', status: 503 },
    });
    await expect(
      pushImage(registry.url, { repository: 'team/app', tag: 'z' }),
    ).rejects.toThrow(/expected 201, got 503/);
    expect(registry.content.listTags('team/app')).toEqual(['a', 'b', 'c']);
  });

  it('refuses a fault that makes no sense', () => {
    expect(() =>
      registry.faults.add({ path: '(', effect: { kind: 'truncated-json' } }),
    ).toThrow(/not a regular expression/);
  });
});
