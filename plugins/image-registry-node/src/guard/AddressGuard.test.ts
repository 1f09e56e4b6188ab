import { LookupAddress } from 'node:dns';
import { Agent, request } from 'undici';
import { RegistryError } from '../provider/RegistryError';
import { TestServer } from '../__testUtils__/TestServer';
import { AddressGuardOptions, createAddressGuard } from './AddressGuard';

function failureOf(run: () => unknown): RegistryError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(RegistryError);
    return error as RegistryError;
  }
  throw new Error('nothing was refused');
}

describe('checkUrl', () => {
  const guard = createAddressGuard();

  it.each([
    'https://registry.example.com/v2/',
    'http://registry.example.com:5000',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/',
    // A public address through NAT64.
    'https://[64:ff9b::5db8:d822]/',
  ])('allows %s', url => {
    expect(guard.checkUrl(url).href).toContain('://');
  });

  it.each<[string, RegExp]>([
    // Link-local and metadata, however they are spelled.
    ['http://169.254.169.254/latest/meta-data', /metadata/],
    ['http://169.254.169.254.:80/', /metadata/],
    ['http://2852039166/', /metadata/],
    ['http://0xA9FEA9FE/', /metadata/],
    ['http://0251.0376.0251.0376/', /metadata/],
    ['http://169.254.43518/', /metadata/],
    ['http://[::ffff:169.254.169.254]/', /metadata/],
    ['http://[::ffff:a9fe:a9fe]/', /metadata/],
    ['http://[::169.254.169.254]/', /metadata/],
    ['http://[64:ff9b::169.254.169.254]/', /metadata/],
    ['http://[64:ff9b:1::a9fe:a9fe]/', /metadata/],
    ['http://[2002:a9fe:a9fe::1]/', /metadata/],
    ['http://[fd00:ec2::254]/', /metadata/],
    ['http://[fd00:0ec2:0:0::0254]/', /metadata/],
    ['http://100.100.100.200/', /metadata/],
    ['http://168.63.129.16/', /metadata/],
    ['http://metadata.google.internal/', /metadata/],
    ['http://METADATA.google.internal./', /metadata/],
    ['http://169.254.0.23/', /link-local/],
    ['http://[fe80::1]/', /link-local/],
    // Others that are never a registry.
    ['http://0.0.0.0/', /unspecified/],
    ['http://0/', /unspecified/],
    ['http://[::]/', /unspecified/],
    ['http://224.0.0.1/', /multicast/],
    ['http://[ff02::1]/', /multicast/],
    ['http://255.255.255.255/', /broadcast/],
    // Only when listed.
    ['http://127.0.0.1:5000/', /127\.0\.0\.1 is this machine/],
    ['http://127.1/', /this machine/],
    ['http://2130706433/', /this machine/],
    ['http://0x7f.1/', /this machine/],
    ['http://[::1]/', /this machine/],
    ['http://[::ffff:127.0.0.1]/', /this machine/],
    ['http://10.0.0.5/', /private/],
    ['http://172.16.0.1/', /private/],
    ['http://192.168.1.1/', /private/],
    ['http://100.64.0.1/', /private/],
    ['http://198.18.0.1/', /private/],
    ['http://[fd12::1]/', /private/],
    ['http://[::ffff:10.0.0.5]/', /private/],
    // Not an address of a registry at all.
    ['file:///etc/passwd', /file:/],
    ['ftp://registry.example.com/', /ftp:/],
    ['https://user:hunter22@registry.example.com/', /contains credentials/],
    ['registry', /not a URL/],
  ])('refuses %s', (url, message) => {
    const error = failureOf(() => guard.checkUrl(url));
    expect(error.code).toBe('forbidden-address');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter22');
  });

  it.each<[string, AddressGuardOptions, string, string | undefined]>([
    [
      'a listed host and port',
      { allowedLoopback: ['127.0.0.1:5000'] },
      'http://127.0.0.1:5000/',
      undefined,
    ],
    [
      'a listed host with any port',
      { allowedLoopback: ['127.0.0.1'] },
      'http://127.0.0.1:7777/',
      undefined,
    ],
    [
      'localhost for all of loopback',
      { allowedLoopback: ['localhost:5000'] },
      'http://[::1]:5000/',
      undefined,
    ],
    [
      'a listed IPv6 address',
      { allowedLoopback: ['[::1]:5000'] },
      'http://[::1]:5000/',
      undefined,
    ],
    ['the registry itself', {}, 'http://10.0.0.5:5000/', '10.0.0.5'],
    [
      'a listed private host',
      { allowedPrivate: ['10.0.0.9:443'] },
      'https://10.0.0.9/',
      '10.0.0.5',
    ],
  ])('allows %s', (_name, options, url, ownHost) => {
    expect(() =>
      createAddressGuard(options).checkUrl(url, { ownHost }),
    ).not.toThrow();
  });

  it.each<[string, AddressGuardOptions, string, string | undefined, RegExp]>([
    [
      'another port',
      { allowedLoopback: ['127.0.0.1:5000'] },
      'http://127.0.0.1:5001/',
      undefined,
      /allowedLoopback/,
    ],
    [
      'loopback listed as private',
      { allowedPrivate: ['127.0.0.1'] },
      'http://127.0.0.1/',
      undefined,
      /allowedLoopback/,
    ],
    [
      'loopback although it is the registry',
      {},
      'http://127.0.0.1:5000/',
      '127.0.0.1',
      /127\.0\.0\.1:5000 .*allowedLoopback/,
    ],
    [
      'a private host beside the registry',
      {},
      'http://10.0.0.6/',
      '10.0.0.5',
      /10\.0\.0\.6:80 .*allowedPrivate/,
    ],
  ])('refuses %s and names the key', (_name, options, url, ownHost, hint) => {
    const error = failureOf(() =>
      createAddressGuard(options).checkUrl(url, { ownHost }),
    );
    expect(error.hint).toMatch(hint);
  });

  it.each(['http://169.254.169.254/', 'http://0.0.0.0/', 'http://[fe80::1]/'])(
    'refuses %s even when it is listed and the registry itself',
    url => {
      const { hostname } = new URL(url);
      const listed = createAddressGuard({
        allowedLoopback: [hostname, 'localhost'],
        allowedPrivate: [hostname],
      });
      expect(() => listed.checkUrl(url, { ownHost: hostname })).toThrow(
        /always refused/,
      );
    },
  );
});

describe('connector', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start(() => ({ body: 'hello' }));
  });
  afterEach(() => server.stop());

  function agentFor(
    answers: LookupAddress[][],
    options: AddressGuardOptions = {},
    ownHost?: string,
  ) {
    let call = 0;
    const guard = createAddressGuard({
      ...options,
      resolve: (_hostname, _options, callback) => {
        const answer = answers[Math.min(call, answers.length - 1)];
        call += 1;
        callback(null, answer);
      },
    });
    return new Agent({ connect: guard.connector({}, { ownHost }) });
  }
  const loopback = { address: '127.0.0.1', family: 4 };
  const get = (dispatcher: Agent, host = 'registry.test') =>
    request(server.urlOf(host), { dispatcher });

  it('connects to what a name resolves to when that is allowed', async () => {
    const agent = agentFor([[loopback]], { allowedLoopback: ['localhost'] });
    expect((await get(agent)).statusCode).toBe(200);
  });

  it('refuses a name that resolves to this machine, and names both', async () => {
    await expect(get(agentFor([[loopback]]))).rejects.toMatchObject({
      code: 'forbidden-address',
      message: expect.stringContaining('registry.test (127.0.0.1)'),
    });
    expect(server.requests).toEqual([]);
  });

  it('refuses when one of several addresses is forbidden', async () => {
    const agent = agentFor(
      [[loopback, { address: '169.254.169.254', family: 4 }]],
      { allowedLoopback: ['localhost'] },
    );
    await expect(get(agent)).rejects.toThrow(/metadata/);
    expect(server.requests).toEqual([]);
  });

  it('looks again for each connection, so that a name cannot be rebound', async () => {
    const agent = agentFor([[loopback], [{ address: 'fe80::1', family: 6 }]], {
      allowedLoopback: ['localhost'],
    });
    const first = await request(server.urlOf('registry.test'), {
      dispatcher: agent,
      headers: { connection: 'close' },
      reset: true,
    });
    await first.body.dump();
    await expect(get(agent)).rejects.toThrow(/link-local/);
  });

  it('checks addresses that are written literally, without a lookup', async () => {
    await expect(get(agentFor([]), '127.0.0.1')).rejects.toThrow(
      /this machine/,
    );
  });

  it('allows a private address to the registry itself only', async () => {
    const answers = [[{ address: '10.255.255.1', family: 4 }]];
    await expect(get(agentFor(answers))).rejects.toThrow(/private/);
    const own = agentFor(answers, {}, 'registry.test');
    await expect(
      request(server.urlOf('registry.test'), {
        dispatcher: own,
        signal: AbortSignal.timeout(200),
      }),
    ).rejects.not.toMatchObject({ code: 'forbidden-address' });
  });
});
