import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { STRANGER } from './faults/Stranger';
import { VendorFaultInput } from './faults/VendorFault';
import { SimulatedVendor } from './SimulatedVendor';
import { basic, WorldClient } from './testing/worldClient';
import { emptyAnswer, jsonAnswer, textAnswer } from './VendorAnswer';
import { startVendorWorld, VendorWorld } from './VendorWorld';

/** Says what it was asked; a listing of two pages, a challenge, a failure. */
const echo: SimulatedVendor = {
  id: 'echo',
  hosts: [
    'echo.example.com',
    '*.regions.echo.example.com',
    'echo.example.com:5000',
    'http://echo.example.com:8081',
  ],
  handle({ body, headers, method, path, query, rawPath, url }) {
    switch (path) {
      case '/nothing':
        return undefined;
      case '/broken':
        throw new Error('out of order');
      case '/stream':
        return {
          status: 200,
          headers: {},
          body: Readable.from(['one ', 'two']),
        };
      case '/list':
        return jsonAnswer(
          { page: query.get('page') ?? '1', next: `${url.origin}/list?page=2` },
          { headers: { Link: '</list?page=2>; rel="next"' } },
        );
      case '/private':
        return headers.authorization
          ? textAnswer('come in')
          : emptyAnswer({
              status: 401,
              headers: {
                'WWW-Authenticate': `Bearer realm="${url.origin}/token",service="echo"`,
              },
            });
      default:
        return jsonAnswer({
          method,
          origin: url.origin,
          path,
          rawPath,
          query: query.toString(),
          body: body.toString(),
        });
    }
  },
};

describe('startVendorWorld', () => {
  let world: VendorWorld;
  let client: WorldClient;
  const home = 'https://echo.example.com';

  beforeEach(async () => {
    world = await startVendorWorld({ vendors: [echo] });
    client = new WorldClient(world);
  });

  afterEach(async () => {
    await client.close();
    await world.stop();
  });

  it.each([
    [home],
    ['https://cn-1.regions.echo.example.com'],
    ['https://echo.example.com:5000'],
    ['http://echo.example.com:8081'],
  ])('answers at %s', async origin => {
    const { json } = await client.call(`${origin}/a%252Fb/c%20d?x=1`, {
      method: 'POST',
      body: 'hello',
    });
    expect(json).toEqual({
      method: 'POST',
      origin,
      path: '/a%2Fb/c d',
      rawPath: '/a%252Fb/c%20d',
      query: 'x=1',
      body: 'hello',
    });
  });

  it.each(['https://example.com/', 'https://echo.example.com:444/'])(
    'connects to nobody else: %s',
    async url => {
      await expect(client.call(url)).rejects.toThrow(/502/);
      expect(world.requests.list()).toEqual([]);
    },
  );

  it('asks nobody else in plain http', async () => {
    const { status } = await client.call('http://echo.example.com/');
    expect(status).toBe(502);
    expect(world.requests.list()).toEqual([]);
  });

  it('takes plain http without a tunnel as well', async () => {
    const { hostname, port } = new URL(world.proxyUrl);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          'GET http://echo.example.com:8081/here HTTP/1.1\r\nHost: echo.example.com:8081\r\nConnection: close\r\n\r\n',
        ),
      );
      let text = '';
      socket.on('data', chunk => {
        text += chunk;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain('"path":"/here"');
  });

  it('answers for a vendor that does not, or fails, or streams', async () => {
    expect(await client.call(`${home}/nothing`)).toMatchObject({ status: 404 });
    expect(await client.call(`${home}/broken`)).toMatchObject({
      status: 500,
      text: 'echo: Error: out of order\n',
    });
    expect((await client.call(`${home}/stream`)).text).toBe('one two');
  });

  it('remembers what it was asked, credentials included', async () => {
    await client.call(`${home}/a?b=c`, { headers: basic('anna', 'secret') });
    expect(world.requests.lines()).toEqual(['GET echo.example.com/a?b=c']);
    expect(world.requests.list('echo.example.com')[0].headers).toMatchObject(
      basic('anna', 'secret'),
    );
    expect(world.requests.list('other.example.com')).toEqual([]);
  });

  it('serves no certificate that somebody else would trust', async () => {
    const wary = new WorldClient({ proxyUrl: world.proxyUrl, ca: '' });
    await expect(wary.call(`${home}/`)).rejects.toThrow(/certificate/);
    await wary.close();
  });

  it.each<[VendorFaultInput['effect'], object]>([
    [
      { kind: 'status', status: 429, retryAfter: 5, body: { error: 'slow' } },
      {
        status: 429,
        headers: expect.objectContaining({ 'retry-after': '5' }),
        json: { error: 'slow' },
      },
    ],
    [
      { kind: 'status', status: 403, body: 'no' },
      { status: 403, text: 'no' },
    ],
    [
      { kind: 'html', status: 502 },
      { status: 502, text: expect.stringContaining('<html>') },
    ],
    [
      { kind: 'truncated-json' },
      { status: 200, json: undefined, text: expect.stringMatching(/^\{/) },
    ],
  ])('has the fault %j', async (effect, expected) => {
    world.faults.add({ path: '^/a', effect });
    expect(await client.call(`${home}/a`)).toMatchObject(expected);
    expect(await client.call(`${home}/b`)).toMatchObject({ status: 200 });
  });

  it('hits the requests that a fault names, as often as it says', async () => {
    const status = { kind: 'status', status: 500 } as const;
    world.faults.add({
      host: '*.echo.example.com',
      method: 'POST',
      body: 'Action=List',
      header: '^x-region: cn',
      skip: 1,
      times: 1,
      effect: status,
    });
    const post = async (body: string, region = 'cn-1') => {
      const answer = await client.call('https://a.regions.echo.example.com/', {
        method: 'POST',
        headers: { 'x-region': region },
        body,
      });
      return answer.status;
    };
    expect(await post('Action=List')).toBe(200);
    expect(await post('Action=Get')).toBe(200);
    expect(await post('Action=List', 'eu')).toBe(200);
    expect(await post('Action=List')).toBe(500);
    expect(await post('Action=List')).toBe(200);
    expect(world.faults.list()).toMatchObject([{ hit: 1 }]);
    world.faults.clear();
    expect(world.faults.list()).toEqual([]);
  });

  it('repeats a page with its promise of another', async () => {
    world.faults.add({ path: '^/list', effect: { kind: 'repeated-page' } });
    const first = await client.call(`${home}/list?page=1`);
    const second = await client.call(`${home}/list?page=2`);
    expect(second.json).toEqual(first.json);
    expect(second.headers.link).toBe(first.headers.link);
  });

  it('leads to a stranger by link, by realm, and by redirect', async () => {
    world.faults.add({ path: '^/list', effect: { kind: 'foreign-link' } });
    const listing = await client.call(`${home}/list`);
    expect(listing.headers.link).toBe(
      `<https://${STRANGER}/list?page=2>; rel="next"`,
    );
    expect(listing.json).toMatchObject({
      next: `https://${STRANGER}/list?page=2`,
    });

    world.faults.add({ path: '^/private', effect: { kind: 'foreign-realm' } });
    const challenge = await client.call(`${home}/private`);
    expect(challenge.headers['www-authenticate']).toBe(
      `Bearer realm="https://${STRANGER}/token",service="echo"`,
    );

    world.faults.add({ path: '^/blob', effect: { kind: 'foreign-redirect' } });
    const { status, headers } = await client.call(`${home}/blob`);
    expect(status).toBe(307);
    const location = String(headers.location);
    expect(await client.call(location)).toMatchObject({
      status: 200,
      json: { path: '/blob' },
    });
    const refused = await client.call(location, { headers: basic('a', 'b') });
    expect(refused.status).toBe(400);
    expect(world.requests.list(STRANGER)).toHaveLength(2);
  });

  it.each([
    ['untrusted', /certificate/],
    ['expired', /expired/],
    ['wrong-name', /altnames/],
  ] as const)('has a certificate that is %s', async (problem, message) => {
    const id = world.faults.add({
      host: 'echo.example.com',
      effect: { kind: 'certificate', problem },
    });
    await expect(client.call(`${home}/`)).rejects.toThrow(message);
    expect(world.requests.list()).toEqual([]);
    expect(world.faults.remove(id)).toBe(true);
    expect((await client.call(`${home}/`)).status).toBe(200);
  });

  it('cuts connections, and keeps silent until it stops', async () => {
    world.faults.add({ path: '^/cut', effect: { kind: 'reset' } });
    world.faults.add({
      path: '^/half',
      effect: { kind: 'reset', when: 'body' },
    });
    world.faults.add({ path: '^/hang', effect: { kind: 'hang' } });
    await expect(client.call(`${home}/cut`)).rejects.toThrow();
    await expect(client.call(`${home}/half`)).rejects.toThrow();
    const hanging = client.call(`${home}/hang`).catch((error: Error) => error);
    while (!world.requests.lines().includes('GET echo.example.com/hang')) {
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
    }
    await world.stop();
    expect(await hanging).toBeInstanceOf(Error);
    world = await startVendorWorld({ vendors: [echo] });
  });

  it('names a host that it cannot read', async () => {
    await expect(
      startVendorWorld({ vendors: [{ ...echo, hosts: ['a/b'] }] }),
    ).rejects.toThrow("'a/b' is not [http://]host[:port]");
  });
});
