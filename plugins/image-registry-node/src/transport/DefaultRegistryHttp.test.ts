import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryError, RegistryErrorCode } from '../provider/RegistryError';
import {
  TestAnswer,
  TestHandler,
  TestServer,
} from '../__testUtils__/TestServer';
import {
  TestCertificate,
  makeCertificate,
} from '../__testUtils__/certificates';
import { testHttp } from '../__testUtils__/testConnection';
import { RegistryTraffic } from './RegistryTraffic';

const servers: TestServer[] = [];

async function serve(
  handler: TestHandler,
  tls?: { key: string; cert: string },
): Promise<TestServer> {
  const server = await TestServer.start(handler, tls);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function failure(promise: Promise<unknown>): Promise<RegistryError> {
  const error = await promise.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(RegistryError);
  return error as RegistryError;
}

/** Answers in order; the last one again and again. */
function inOrder(...answers: TestAnswer[]): TestHandler {
  let call = 0;
  return () => {
    const answer = answers[Math.min(call, answers.length - 1)];
    call += 1;
    return answer;
  };
}

const operation = 'list the tags of demo/web';

describe('failures of the connection', () => {
  let authority: TestCertificate;
  let good: TestCertificate;
  beforeAll(async () => {
    authority = await makeCertificate(['Test authority']);
    good = await makeCertificate(['registry.test'], { authority });
  });

  const ask = (url: string, options: Parameters<typeof testHttp>[1] = {}) =>
    failure(testHttp(url, options).request({ url, operation }));
  const trusting = (caCertificate: string) => ({
    tls: { verify: true, caCertificate },
  });

  it.each<
    [string, () => Promise<RegistryError>, RegistryErrorCode, RegExp, RegExp]
  >([
    [
      'a name that does not resolve',
      () => ask('http://nowhere.example/'),
      'name-not-found',
      /could not list the tags of demo\/web at nowhere\.example: the name does not resolve/,
      /spelling/,
    ],
    [
      'a port where nothing listens',
      async () => {
        const server = await serve(() => ({}));
        const url = server.urlOf('registry.test');
        await server.stop();
        return ask(url);
      },
      'unreachable',
      /nothing listens/,
      /port/,
    ],
    [
      'a server that never answers',
      async () => {
        const server = await serve(() => undefined);
        return ask(server.urlOf('registry.test'), {
          timeouts: { headersMs: 100 },
        });
      },
      'timeout',
      /did not begin in time/,
      /Try again/,
    ],
    [
      'an answer that stops in the middle',
      async () => {
        const server = await serve((_request, response) => {
          response.writeHead(200, { 'content-length': '10' });
          response.write('half');
          return undefined;
        });
        return ask(server.urlOf('registry.test'), {
          timeouts: { bodyMs: 100 },
        });
      },
      'timeout',
      /stopped in the middle/,
      /Try again/,
    ],
    [
      'a connection that is cut',
      async () => {
        const server = await serve((_request, response) => {
          response.socket?.destroy();
          return undefined;
        });
        return ask(server.urlOf('registry.test'));
      },
      'unreachable',
      /closed the connection|was cut/,
      /Try again/,
    ],
    [
      'a certificate of an unknown authority',
      async () => ask((await serve(() => ({}), good)).urlOf('registry.test')),
      'untrusted-certificate',
      /authority that signed its certificate is not known/,
      /TLS settings/,
    ],
    [
      'a self-signed certificate',
      async () =>
        ask(
          (
            await serve(() => ({}), await makeCertificate(['registry.test']))
          ).urlOf('registry.test'),
        ),
      'untrusted-certificate',
      /self-signed/,
      /as CA in the TLS settings/,
    ],
    [
      'an expired certificate',
      async () => {
        const expired = await makeCertificate(['registry.test'], {
          authority,
          days: [-10, -1],
        });
        return ask(
          (await serve(() => ({}), expired)).urlOf('registry.test'),
          trusting(authority.cert),
        );
      },
      'untrusted-certificate',
      /has expired/,
      /Renew/,
    ],
    [
      'a certificate for another name',
      async () =>
        ask(
          (await serve(() => ({}), good)).urlOf('other.test'),
          trusting(authority.cert),
        ),
      'untrusted-certificate',
      /for another name/,
      /name that the certificate holds/,
    ],
    [
      'a CA that is no certificate',
      async () =>
        ask(
          (await serve(() => ({}), good)).urlOf('registry.test'),
          trusting(
            '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----',
          ),
        ),
      'untrusted-certificate',
      /CA certificate of the registry cannot be read/,
      /PEM/,
    ],
    [
      'https at a plain http server',
      async () =>
        ask(
          (await serve(() => ({})))
            .urlOf('registry.test')
            .replace('http:', 'https:'),
        ),
      'protocol-mismatch',
      /speaks plain http/,
      /http:\/\//,
    ],
    [
      'plain http at an https server that says so',
      async () =>
        ask(
          (
            await serve(() => ({
              status: 400,
              body: 'Client sent an HTTP request to an HTTPS server.\n',
            }))
          ).urlOf('registry.test'),
        ),
      'protocol-mismatch',
      /speaks https/,
      /https:\/\//,
    ],
    [
      'plain http at a proxy for https that says so in a page',
      async () =>
        ask(
          (
            await serve(() => ({
              status: 400,
              headers: { 'content-type': 'text/html' },
              body: '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>',
            }))
          ).urlOf('registry.test'),
        ),
      'protocol-mismatch',
      /speaks https/,
      /https:\/\//,
    ],
    [
      'plain http at an https server that hangs up',
      async () =>
        ask(
          (await serve(() => ({}), good))
            .urlOf('registry.test')
            .replace('https:', 'http:'),
        ),
      'unreachable',
      /closed the connection|was cut/,
      /may be one for https/,
    ],
    [
      'an address that the guard refuses',
      () => ask('http://169.254.169.254/v2/'),
      'forbidden-address',
      /did not list the tags of demo\/web: .*metadata/,
      /^$/,
    ],
  ])('%s', async (_name, run, code, message, hint) => {
    const error = await run();
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^Test registry: |^The CA certificate/);
    expect(error.hint ?? '').toMatch(hint);
  });

  it('trusts the CA of the registry', async () => {
    const url = (await serve(() => ({ body: 'ok' }), good)).urlOf(
      'registry.test',
    );
    const http = testHttp(url, trusting(authority.cert));
    const response = await http.request({ url, operation });
    expect(response.body.toString()).toBe('ok');
  });

  it('does without verification only at the registry itself', async () => {
    const other = await serve(() => ({}), good);
    const server = await serve(
      ({ url }) =>
        url.pathname === '/away'
          ? { status: 307, headers: { location: other.urlOf('other.test') } }
          : { body: 'ok' },
      await makeCertificate(['registry.test']),
    );
    const base = server.urlOf('registry.test');
    const http = testHttp(base, { tls: { verify: false } });
    await http.request({ url: base, operation });
    const error = await failure(
      http.request({ url: `${base}/away`, operation }),
    );
    expect(error.code).toBe('untrusted-certificate');
  });
});

describe('answers that are errors', () => {
  it.each<[string, TestAnswer, RegistryErrorCode, RegExp]>([
    ['401', { status: 401 }, 'unauthenticated', /answered 401/],
    ['403', { status: 403 }, 'forbidden', /answered 403/],
    ['404', { status: 404 }, 'not-found', /answered 404/],
    ['405', { status: 405 }, 'unsupported', /answered 405/],
    ['418', { status: 418 }, 'invalid-response', /answered 418/],
    ['500', { status: 500 }, 'server-error', /answered 500/],
    [
      "the specification's errors",
      {
        status: 403,
        body: { errors: [{ code: 'DENIED', message: 'no access' }] },
      },
      'forbidden',
      /\(DENIED: no access\)$/,
    ],
    [
      'a bare message',
      { status: 500, body: { message: 'out of disk' } },
      'server-error',
      /\(out of disk\)$/,
    ],
    [
      'the page of a proxy',
      {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>502 Bad Gateway</title></head></html>',
      },
      'server-error',
      /HTML page \(502 Bad Gateway\)$/,
    ],
    [
      'a redirect to nowhere',
      { status: 302 },
      'invalid-response',
      /without saying where/,
    ],
  ])('%s', async (_name, answer, code, message) => {
    const url = (await serve(() => answer)).urlOf('registry.test');
    const error = await failure(testHttp(url).request({ url, operation }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('says what came instead of JSON', async () => {
    const url = (
      await serve(() => ({
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<html></html>',
      }))
    ).urlOf('registry.test');
    const response = await testHttp(url).request({ url, operation });
    expect(() => response.json()).toThrow(/text\/html instead of JSON/);
  });

  it('does not repeat the secrets that a server repeats', async () => {
    const server = await serve(({ headers }) => ({
      status: 400,
      body: {
        message: `bad ${headers.authorization} of ${Buffer.from(
          headers.authorization?.split(' ')[1] ?? '',
          'base64',
        )}`,
      },
    }));
    const url = server.urlOf('registry.test');
    const authorization = `Basic ${Buffer.from('anna:hunter22').toString(
      'base64',
    )}`;
    const error = await failure(
      testHttp(url).request({ url, operation, headers: { authorization } }),
    );
    expect(error.message).toContain('bad Basic [redacted] of anna:[redacted]');
  });

  it('reads no more than the most bytes', async () => {
    const url = (await serve(() => ({ body: 'x'.repeat(1001) }))).urlOf(
      'registry.test',
    );
    const error = await failure(
      testHttp(url).request({ url, operation, maxBytes: 1000 }),
    );
    expect(error.message).toMatch(/larger than 1000 bytes/);
  });
});

describe('trying again', () => {
  const ok = { body: 'ok' };

  it.each([429, 502, 503, 504])('tries %d again', async status => {
    const server = await serve(inOrder({ status }, { status }, ok));
    const url = server.urlOf('registry.test');
    const response = await testHttp(url).request({ url, operation });
    expect(response.status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });

  it('tries a cut connection again', async () => {
    let calls = 0;
    const server = await serve((_request, response) => {
      calls += 1;
      if (calls === 1) {
        response.writeHead(200, { 'content-length': '10' });
        response.write('half');
        response.socket?.destroy();
        return undefined;
      }
      return ok;
    });
    const url = server.urlOf('registry.test');
    const response = await testHttp(url).request({ url, operation });
    expect(response.body.toString()).toBe('ok');
  });

  it.each([400, 401, 404, 500, 501])('does not try %d again', async status => {
    const server = await serve(() => ({ status }));
    const url = server.urlOf('registry.test');
    await failure(testHttp(url).request({ url, operation }));
    expect(server.requests).toHaveLength(1);
  });

  it('does not send a POST twice', async () => {
    const server = await serve(() => ({ status: 503 }));
    const url = server.urlOf('registry.test');
    await failure(
      testHttp(url).request({ url, operation, method: 'POST', body: 'x' }),
    );
    expect(server.requests).toHaveLength(1);
  });

  it('waits as long as it is asked to', async () => {
    const server = await serve(
      inOrder({ status: 429, headers: { 'retry-after': '1' } }, ok),
    );
    const url = server.urlOf('registry.test');
    const startedAt = performance.now();
    await testHttp(url).request({ url, operation });
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('lets those who wait return one after another, none before the time', async () => {
    let refusedAt: number | undefined;
    const returned: Array<{ path: string; afterMs: number }> = [];
    const server = await serve(({ url: { pathname: path } }) => {
      const now = performance.now();
      if (refusedAt === undefined) {
        refusedAt = now;
        return { status: 429, headers: { 'retry-after': '1' } };
      }
      returned.push({ path, afterMs: now - refusedAt });
      return ok;
    });
    const url = server.urlOf('registry.test');
    const drawn: number[] = [];
    const http = testHttp(url, {
      random: () => {
        drawn.push([0.9, 0.6, 0.3][drawn.length] ?? 0);
        return drawn[drawn.length - 1];
      },
    });
    const ask = (path: string) =>
      http.request({ url: `${url}${path}`, operation });
    const refused = ask('/refused');
    while (drawn.length === 0) {
      await sleep(5);
    }
    await Promise.all([refused, ...['/second', '/third', '/last'].map(ask)]);
    expect(drawn).toEqual([0.9, 0.6, 0.3, 0]);
    expect(returned.map(({ path }) => path)).toEqual([
      '/last',
      '/third',
      '/second',
      '/refused',
    ]);
    expect(returned[0].afterMs).toBeGreaterThan(1_000);
  });

  it('says for how long when that is too long, and asks nobody meanwhile', async () => {
    const server = await serve(() => ({
      status: 429,
      headers: { 'retry-after': '3600' },
    }));
    const url = server.urlOf('registry.test');
    const traffic = RegistryTraffic.create();
    const first = await failure(
      testHttp(url, { traffic }).request({ url, operation }),
    );
    expect(first).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 3600_000,
    });
    // Another client of the same registry and credential.
    const http = testHttp(url, { traffic });
    const second = await failure(http.request({ url, operation }));
    expect(second.code).toBe('rate-limited');
    expect(second.retryAfterMs).toBeGreaterThan(3590_000);
    expect(http.budget().retryAt).toBeDefined();
    expect(server.requests).toHaveLength(1);
    // Another credential has another budget.
    const other = testHttp(url, { traffic, credentialsHash: 'other' });
    await failure(other.request({ url, operation }));
    expect(server.requests).toHaveLength(2);
  });

  it('keeps the last of a budget for people', async () => {
    const server = await serve(() => ({
      headers: {
        'ratelimit-limit': '100;w=21600',
        'ratelimit-remaining': '9;w=21600',
      },
    }));
    const url = server.urlOf('registry.test');
    const http = testHttp(url);
    await http.request({ url, operation });
    expect(http.budget()).toMatchObject({ limit: 100, remaining: 9 });
    const background = { url, operation, priority: 'background' } as const;
    expect((await failure(http.request(background))).code).toBe('rate-limited');
    await http.request({ ...background, method: 'HEAD' });
    await http.request({ url, operation });
    expect(server.requests).toHaveLength(3);
  });

  it('stops waiting when it is aborted', async () => {
    const server = await serve(() => ({
      status: 429,
      headers: { 'retry-after': '60' },
    }));
    const url = server.urlOf('registry.test');
    const calm = { attempts: 3, firstDelayMs: 1, longestWaitMs: 120_000 };
    const patience = { interactive: calm, webhook: calm, background: calm };
    const startedAt = performance.now();
    await expect(
      testHttp(url, { patience }).request({
        url,
        operation,
        signal: AbortSignal.timeout(50),
      }),
    ).rejects.toMatchObject({ name: expect.stringMatching(/Abort|Timeout/) });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});

describe('redirects', () => {
  it('follows with credentials inside one origin, without to another', async () => {
    const storage = await serve(() => ({ body: 'blob' }));
    const server = await serve(({ url }) =>
      url.pathname === '/start'
        ? { status: 307, headers: { location: '/again' } }
        : { status: 307, headers: { location: storage.urlOf('storage.test') } },
    );
    const url = `${server.urlOf('registry.test')}/start`;
    const response = await testHttp(url).request({
      url,
      operation,
      headers: { authorization: 'Bearer secret' },
    });
    expect(response.body.toString()).toBe('blob');
    expect(response.url).toBe(`${storage.urlOf('storage.test')}/`);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      ['Bearer secret', 'Bearer secret'],
    );
    expect(storage.requests[0].headers.authorization).toBeUndefined();
  });

  it.each([
    ['to a metadata service', 'http://169.254.169.254/', /metadata/],
    ['to a private host', 'http://10.1.2.3/', /private/],
    ['in a circle', '/', /redirects more than 3 times/],
  ])('refuses %s', async (_name, location, message) => {
    const server = await serve(() => ({ status: 302, headers: { location } }));
    const url = server.urlOf('registry.test');
    const error = await failure(testHttp(url).request({ url, operation }));
    expect(error.message).toMatch(message);
  });

  it('refuses to leave https', async () => {
    const own = await makeCertificate(['registry.test']);
    const server = await serve(
      () => ({ status: 302, headers: { location: 'http://storage.test/' } }),
      own,
    );
    const url = server.urlOf('registry.test');
    const http = testHttp(url, {
      tls: { verify: true, caCertificate: own.cert },
    });
    const error = await failure(http.request({ url, operation }));
    expect(error.message).toMatch(/from https to plain http at storage\.test/);
  });
});

describe('stream', () => {
  it('gives the body as it comes, and its place back at the end', async () => {
    const server = await serve(() => ({ body: 'a long blob' }));
    const url = server.urlOf('registry.test');
    const http = testHttp(url, { concurrency: 1 });
    const first = await http.stream({ url, operation });
    expect(await text(first.body)).toBe('a long blob');
    const second = await http.stream({ url, operation });
    expect(second.status).toBe(200);
    second.body.destroy();
    await http.request({ url, operation });
  });

  it('throws for an error like a request', async () => {
    const server = await serve(() => ({ status: 404 }));
    const url = server.urlOf('registry.test');
    const error = await failure(testHttp(url).stream({ url, operation }));
    expect(error.code).toBe('not-found');
  });
});
