import { gzipSync } from 'node:zlib';

import {
  Trap,
  client,
  config,
  credentials,
  expectFailure,
  registryClient,
  serve,
  tagsAnswer,
} from './Trap';
import { withTokens } from './withTokens';

/** Traps of answers, redirects and limits. */
export const transportTraps: readonly Trap[] = [
  {
    number: 'A.5',
    what: 'errors are quoted whatever their shape',
    run: async () => {
      const bodies: Array<[string | object, RegExp]> = [
        [
          { errors: [{ code: 'DENIED', message: 'no', detail: null }] },
          /DENIED: no/,
        ],
        [{ details: 'slow down' }, /slow down/],
        [{ error: 'invalid_request' }, /invalid_request/],
        ['<html><title>Blocked</title></html>', /HTML page \(Blocked\)/],
        ['404 page not found', /answered 403$/],
      ];
      for (const [body, message] of bodies) {
        const server = await serve(() => ({ status: 403, body }));
        await expectFailure(
          client(server).listTags('demo/web'),
          'forbidden',
          message,
        );
      }
    },
  },
  {
    number: 'A.10',
    what: 'a host behind a redirect that asks for a sign-in gets no credentials',
    run: async () => {
      const thief = await serve(() => ({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="give"' },
      }));
      const server = await serve(() => ({
        status: 307,
        headers: { location: thief.urlOf('thief.test') },
      }));
      await expectFailure(
        client(server, { credentials }).blob('demo/web', config.digest),
        'unauthenticated',
        /credentials are not sent there/,
      );
      expect(thief.requests).toHaveLength(1);
      expect(thief.requests[0].headers.authorization).toBeUndefined();
    },
  },
  {
    number: 'A.11',
    what: 'the budget is learned from the headers of Docker Hub',
    run: async () => {
      const server = await serve(() => ({
        ...tagsAnswer('v1'),
        headers: {
          'ratelimit-limit': '100;w=21600',
          'ratelimit-remaining': '76;w=21600',
        },
      }));
      const connected = registryClient(server);
      await connected.listTags('demo/web', {});
      const { http } = (
        connected as unknown as { connection: { http: { budget(): object } } }
      ).connection;
      expect(http.budget()).toMatchObject({ limit: 100, remaining: 76 });
    },
  },
  {
    number: 'E.11',
    what: 'storage behind a redirect gets no Authorization',
    run: async () => {
      const storage = await serve(({ headers }) =>
        headers.authorization
          ? { status: 400, body: '<Error>Only one auth mechanism</Error>' }
          : { body: config.bytes },
      );
      const server = await serve(
        withTokens(() => ({
          status: 307,
          headers: { location: `${storage.urlOf('storage.test')}/x?sig=1` },
        })),
      );
      expect(
        await client(server, { credentials }).blob('demo/web', config.digest),
      ).toEqual(config.bytes);
    },
  },
  {
    number: 'E.24',
    what: '429 without Retry-After is tried again',
    run: async () => {
      let calls = 0;
      const server = await serve(() => {
        calls += 1;
        return calls < 3 ? { status: 429 } : tagsAnswer('v1');
      });
      expect((await client(server).listTags('demo/web')).items).toEqual(['v1']);
    },
  },
  {
    number: 'E.25',
    what: 'blobs are read by GET alone, which public ECR redirects',
    run: async () => {
      const storage = await serve(() => ({ body: config.bytes }));
      const server = await serve(({ method }) =>
        method === 'HEAD'
          ? { status: 401 }
          : {
              status: 307,
              headers: { location: storage.urlOf('storage.test') },
            },
      );
      await client(server).blob('demo/web', config.digest);
      expect(server.log).toEqual([`GET /v2/demo/web/blobs/${config.digest}`]);
    },
  },
  {
    number: 'E.39',
    what: 'what is compressed on the way is not decoded, and refused by its digest',
    run: async () => {
      const server = await serve(({ headers }) => ({
        headers: {
          'content-encoding': 'gzip',
          'x-accepted': headers['accept-encoding']?.toString() ?? '',
        },
        body: gzipSync(config.bytes),
      }));
      await expectFailure(
        client(server).blob('demo/web', config.digest),
        'invalid-response',
        /not what its digest says/,
      );
      expect(server.requests[0].headers['accept-encoding']).toBe('identity');
      await expectFailure(
        client(server).listTags('demo/web'),
        'invalid-response',
        /encoding gzip/,
      );
    },
  },
];
