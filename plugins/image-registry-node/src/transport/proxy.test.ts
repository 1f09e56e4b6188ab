import {
  createServer as createHttpServer,
  IncomingMessage,
  Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { AddressInfo, connect, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import { createAddressGuard } from '../guard';
import { RegistryError, RegistryErrorCode } from '../provider/RegistryError';
import {
  makeCertificate,
  TestCertificate,
} from '../__testUtils__/certificates';
import { testHttp } from '../__testUtils__/testConnection';
import { TestServer } from '../__testUtils__/TestServer';
import {
  OutgoingProxy,
  parseProxyUrl,
  readOutgoingProxy,
} from './OutgoingProxy';

/** What a test's proxy says to a tunnel; 200 opens it. */
type Refusal = (request: IncomingMessage) => number | 'silence' | undefined;

/** A real CONNECT proxy that leads every name to this machine. */
class TestProxy {
  readonly asked: { target: string; authorization?: string }[] = [];
  readonly #sockets = new Set<Socket>();

  static async start(
    refuse: Refusal = () => undefined,
    tls?: { key: string; cert: string },
  ): Promise<TestProxy> {
    const server = tls ? createHttpsServer(tls) : createHttpServer();
    const proxy = new TestProxy(server, tls ? 'https' : 'http');
    server.on('connection', socket => proxy.#track(socket));
    server.on('connect', (request, socket: Socket, head: Buffer) => {
      proxy.asked.push({
        target: request.url ?? '',
        authorization: request.headers['proxy-authorization'],
      });
      const status = refuse(request) ?? 200;
      if (status === 'silence') {
        return;
      }
      if (status !== 200) {
        socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const port = Number(request.url?.split(':').at(-1));
      const upstream = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      proxy.#track(upstream);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
  ) {}

  urlOf(hostname: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.scheme}://${hostname}:${port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.close(() => resolve());
      this.#sockets.forEach(socket => socket.destroy());
    });
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

const operation = 'list the tags of demo/web';
const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(each => each.stop()));
});

async function started<T extends { stop(): Promise<void> }>(
  starting: Promise<T>,
): Promise<T> {
  const part = await starting;
  running.push(part);
  return part;
}

async function failure(promise: Promise<unknown>): Promise<RegistryError> {
  const error = await promise.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(RegistryError);
  return error;
}

/** Names that only the proxy knows: a direct connection would fail. */
const hidden = 'registry.behind-the-proxy';

describe('calls through a proxy', () => {
  let authority: TestCertificate;
  let certificate: TestCertificate;

  beforeAll(async () => {
    authority = await makeCertificate(['Test authority']);
    certificate = await makeCertificate([hidden, 'proxy.test'], { authority });
  });

  const trusting = () => ({
    tls: { verify: true, caCertificate: authority.cert },
  });

  it.each(['http', 'https'])('reach %s registries', async scheme => {
    const server = await started(
      TestServer.start(
        () => ({ body: 'ok' }),
        scheme === 'https' ? certificate : undefined,
      ),
    );
    const proxy = await started(TestProxy.start());
    const url = server.urlOf(hidden);
    const http = testHttp(url, {
      ...trusting(),
      proxy: { url: proxy.urlOf('proxy.test') },
    });
    for (let time = 0; time < 2; time += 1) {
      const { body } = await http.request({ url, operation });
      expect(body.toString()).toBe('ok');
      // A connection is given back a moment after its answer.
      await sleep(20);
    }
    // The second request took the same tunnel.
    expect(proxy.asked).toEqual([
      { target: `${hidden}:${server.port}`, authorization: undefined },
    ]);
    expect(server.requests[0].headers.host).toBe(`${hidden}:${server.port}`);
  });

  it('sign in at the proxy, and tell the registry nothing of it', async () => {
    const server = await started(TestServer.start(() => ({}), certificate));
    const proxy = await started(
      TestProxy.start(({ headers }) =>
        headers['proxy-authorization'] ? undefined : 407,
      ),
    );
    const url = server.urlOf(hidden);
    const http = testHttp(url, {
      ...trusting(),
      proxy: {
        url: proxy.urlOf('proxy.test'),
        username: 'portal',
        password: 'päss',
      },
    });
    await http.request({ url, operation });
    expect(proxy.asked[0].authorization).toBe(
      `Basic ${Buffer.from('portal:päss').toString('base64')}`,
    );
    expect(server.requests[0].headers).not.toHaveProperty(
      'proxy-authorization',
    );
  });

  it('reach a proxy that speaks TLS itself', async () => {
    const server = await started(
      TestServer.start(() => ({ body: 'ok' }), certificate),
    );
    const proxy = await started(TestProxy.start(undefined, certificate));
    const url = server.urlOf(hidden);
    const http = testHttp(url, {
      ...trusting(),
      proxy: { url: proxy.urlOf('proxy.test') },
    });
    const { body } = await http.request({ url, operation });
    expect(body.toString()).toBe('ok');
  });

  it('do without the proxy for hosts that are listed', async () => {
    const server = await started(TestServer.start(() => ({ body: 'ok' })));
    const proxy = await started(TestProxy.start(() => 403));
    const url = server.urlOf('registry.test');
    const ask = (noProxy: string[]) =>
      testHttp(url, {
        proxy: { url: proxy.urlOf('proxy.test'), noProxy },
      }).request({ url, operation });
    for (const entry of [
      'registry.test',
      `Registry.test:${server.port}`,
      '.test',
      '*.test',
      '*',
    ]) {
      expect((await ask([entry])).status).toBe(200);
    }
    expect(proxy.asked).toEqual([]);
    await failure(ask(['gistry.test', 'registry.test:1', '.registry.test']));
    expect(proxy.asked).toHaveLength(1);
  });

  it.each<[number, RegistryErrorCode, RegExp, RegExp]>([
    [403, 'unreachable', /does not allow connections to .*:443/, /CONNECT/],
    [407, 'unreachable', /asks for another sign-in/, /password of the proxy/],
    [502, 'unreachable', /could not connect to/, /where the proxy runs/],
    [504, 'timeout', /in time/, /between the proxy and the registry/],
    [400, 'unreachable', /could not connect to/, /address of the proxy|proxy/],
  ])('say that the proxy refused: %d', async (status, code, cause, hint) => {
    const proxy = await started(TestProxy.start(() => status));
    const proxyUrl = proxy.urlOf('proxy.test');
    const url = `https://${hidden}/v2/`;
    const error = await failure(
      testHttp(url, {
        proxy: { url: proxyUrl, username: 'portal', password: 'hunter22' },
      }).request({ url, operation }),
    );
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(
        /^Test registry: could not list the tags of demo\/web at registry\.behind-the-proxy: the proxy proxy\.test:\d+ /,
      ),
      hint: expect.stringMatching(hint),
    });
    expect(error.message).toMatch(cause);
    expect(`${error.message}${error.hint}${error.cause}`).not.toContain(
      'hunter22',
    );
  });

  it('name the proxy when it cannot be reached, or keeps silent', async () => {
    const url = `https://${hidden}/v2/`;
    const ask = (proxy: string) =>
      failure(
        testHttp(url, {
          proxy: { url: proxy },
          timeouts: { connectMs: 100 },
        }).request({ url, operation }),
      );
    const gone = await TestProxy.start();
    const goneUrl = gone.urlOf('proxy.test');
    await gone.stop();
    expect(await ask(goneUrl)).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /the proxy proxy\.test:\d+ cannot be used: nothing listens/,
      ),
      hint: expect.stringContaining('proxy'),
    });
    expect(await ask('http://nowhere.example:3128')).toMatchObject({
      code: 'name-not-found',
      message: expect.stringContaining(
        'the proxy nowhere.example:3128 cannot be used: the name does not resolve',
      ),
    });
    const silent = await started(TestProxy.start(() => 'silence'));
    expect(await ask(silent.urlOf('proxy.test'))).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('did not begin in time'),
    });
  });

  it('hold to the TLS settings inside the tunnel', async () => {
    const server = await started(TestServer.start(() => ({}), certificate));
    const proxy = await started(TestProxy.start());
    const url = server.urlOf(hidden);
    const ask = (verify: boolean) =>
      testHttp(url, {
        tls: { verify },
        proxy: { url: proxy.urlOf('proxy.test') },
      }).request({ url, operation });
    expect((await failure(ask(true))).code).toBe('untrusted-certificate');
    expect((await ask(false)).status).toBe(200);
  });

  it.each([
    'http://169.254.169.254/v2/',
    'http://metadata.google.internal/v2/',
    'http://127.0.0.1:1/v2/',
    'http://localhost:1/v2/',
    'https://registry.localhost/v2/',
  ])('do not ask the proxy for what the guard refuses: %s', async url => {
    const proxy = await started(TestProxy.start());
    const error = await failure(
      testHttp('https://registry.test', {
        proxy: { url: proxy.urlOf('proxy.test') },
        guard: createAddressGuard({
          allowedLoopback: [new URL(proxy.urlOf('proxy.test')).host],
        }),
      }).request({ url, operation }),
    );
    expect(error.code).toBe('forbidden-address');
    expect(proxy.asked).toEqual([]);
  });

  it('guard the proxy itself: private as configured, loopback if listed', async () => {
    const proxy = await started(TestProxy.start());
    const url = `https://${hidden}/v2/`;
    const ask = (address: string) =>
      failure(
        testHttp(url, {
          proxy: { url: address },
          guard: createAddressGuard(),
          timeouts: { connectMs: 200 },
        }).request({ url, operation }),
      );
    expect(await ask(proxy.urlOf('127.0.0.1'))).toMatchObject({
      code: 'forbidden-address',
      message: expect.stringMatching(
        /the proxy is refused: 127\.0\.0\.1 is this machine itself/,
      ),
      hint: expect.stringContaining('allowedLoopback'),
    });
    expect(await ask('http://169.254.169.254:80')).toMatchObject({
      code: 'forbidden-address',
    });
    // Private, and nobody there.
    expect((await ask('http://10.255.255.1:3128')).code).not.toBe(
      'forbidden-address',
    );
  });
});

describe('settings of the proxy', () => {
  it('are read from configuration', () => {
    const read = (outgoing: object) =>
      readOutgoingProxy(
        new ConfigReader({ imageRegistry: { outgoing: outgoing as never } }),
      );
    expect(read({})).toBeUndefined();
    expect(read({ proxy: 'http://proxy:3128' })).toEqual<OutgoingProxy>({
      url: 'http://proxy:3128',
      noProxy: [],
    });
    expect(
      read({
        proxy: 'http://proxy:3128',
        noProxy: ['.corp.example'],
        proxyCredentials: { username: 'portal', password: 'secret' },
      }),
    ).toEqual<OutgoingProxy>({
      url: 'http://proxy:3128',
      noProxy: ['.corp.example'],
      username: 'portal',
      password: 'secret',
    });
    expect(() => read({ proxy: 'proxy' })).toThrow(
      /^imageRegistry\.outgoing\.proxy: .*http:\/\/host:port/,
    );
  });

  it.each([
    ['socks5://proxy:1080', /not a URL/],
    ['http://proxy:3128/path', /has a path/],
  ])('are refused: %s', (text, message) => {
    expect(() => parseProxyUrl(text)).toThrow(message);
  });

  it('are refused with credentials in the URL, which are not repeated', () => {
    const parse = () => parseProxyUrl('http://portal:hunter22@proxy:3128');
    expect(parse).toThrow(/contains credentials/);
    expect(parse).not.toThrow(/hunter22/);
  });
});
