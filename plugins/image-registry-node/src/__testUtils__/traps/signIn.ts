import { TestAnswer, TestHandler } from '../TestServer';
import { testRegistryClient } from '../testConnection';
import {
  Trap,
  basic,
  client,
  config,
  credentials,
  expectFailure,
  nextLink,
  serve,
  tagsAnswer,
} from './Trap';
import { withTokens } from './withTokens';

/** Traps of signing in. */
export const signInTraps: readonly Trap[] = [
  {
    number: 'A.9',
    what: 'Bearer is chosen before Basic, and Negotiate is never answered',
    run: async () => {
      const server = await serve(
        withTokens(() => tagsAnswer('v1'), {
          challenge: scope =>
            `Negotiate, Basic realm="r", Bearer realm="/token", scope="${scope}"`,
        }),
      );
      const oci = client(server, { credentials });
      expect((await oci.listTags('demo/web')).items).toEqual(['v1']);
      expect(oci.authentication).toBe('bearer');
      const windows = await serve(() => ({
        status: 401,
        headers: { 'www-authenticate': 'Negotiate' },
      }));
      await expectFailure(
        client(windows, { credentials }).listTags('demo/web'),
        'unauthenticated',
        /kind that is not supported/,
      );
      expect(windows.requests).toHaveLength(1);
    },
  },
  {
    number: 'A.9',
    what: 'a wrong password is told from a missing right, and sent once',
    run: async () => {
      const server = await serve(({ url }) =>
        url.pathname === '/token'
          ? { status: 401 }
          : {
              status: 401,
              headers: { 'www-authenticate': 'Bearer realm="/token"' },
            },
      );
      await expectFailure(
        client(server, { credentials }).ping(),
        'unauthenticated',
        /does not accept the user name and password/,
      );
      expect(server.requests).toHaveLength(2);
      const htpasswd = await serve(() => ({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="r"' },
      }));
      await expectFailure(
        client(htpasswd, { credentials }).ping(),
        'unauthenticated',
        /does not accept the user name and password/,
      );
      expect(htpasswd.requests).toHaveLength(2);
      await expectFailure(
        client(htpasswd).ping(),
        'unauthenticated',
        /needs a sign-in/,
      );
    },
  },
  {
    number: 'A.9',
    what: 'a silently smaller grant ends after one more try',
    run: async () => {
      const server = await serve(
        withTokens(() => tagsAnswer('v1'), { grants: () => [] }),
      );
      await expectFailure(
        client(server, { credentials }).listTags('demo/web'),
        'forbidden',
        /signed in but may not/,
      );
      expect(server.requests.length).toBeLessThanOrEqual(4);
    },
  },
  {
    number: 'E.10',
    what: 'credentials do not go to a realm of another host unless it is declared',
    run: async () => {
      const thief = await serve(() => ({ body: { token: 'stolen' } }));
      const server = await serve(({ headers }) =>
        headers.authorization === 'Bearer stolen'
          ? tagsAnswer('v1')
          : {
              status: 401,
              headers: {
                'www-authenticate': `Bearer realm="${thief.urlOf(
                  'thief.test',
                )}/token"`,
              },
            },
      );
      await expectFailure(
        client(server, { credentials }).listTags('demo/web'),
        'forbidden-address',
        /thief\.test:\d+; the credentials were not sent/,
      );
      expect(thief.requests).toEqual([]);
      // Without credentials there is nothing to steal.
      await client(server).listTags('demo/web');
      expect(thief.requests[0].headers.authorization).toBeUndefined();
      const declared = client(server, {
        credentials,
        trustedRealms: ['thief.test'],
      });
      await declared.listTags('demo/web');
      expect(thief.requests[1].headers.authorization).toBe(basic);
    },
  },
  {
    number: 'E.10',
    what: 'a realm, Link or Location on a metadata service is not called',
    run: async () => {
      const realm = await serve(() => ({
        status: 401,
        headers: {
          'www-authenticate': 'Bearer realm="http://169.254.169.254/token"',
        },
      }));
      await expectFailure(
        client(realm).ping(),
        'forbidden-address',
        /metadata/,
      );
      const location = await serve(() => ({
        status: 307,
        headers: { location: 'http://[fd00:ec2::254]/' },
      }));
      await expectFailure(
        client(location).blob('demo/web', config.digest),
        'forbidden-address',
        /metadata/,
      );
      const link = await serve(({ url }) => ({
        ...tagsAnswer(url.searchParams.has('last') ? 'b' : 'a'),
        headers: url.searchParams.has('last')
          ? {}
          : nextLink('http://169.254.169.254/v2/demo/web/tags/list?last=a'),
      }));
      expect((await client(link).listTags('demo/web')).items).toEqual([
        'a',
        'b',
      ]);
    },
  },
  {
    number: 'E.16',
    what: 'a refused catalog does not make the connection a broken one',
    run: async () => {
      const server = await serve(({ url, headers }) => {
        const isOpen = headers.authorization && url.pathname === '/v2/';
        return isOpen
          ? {}
          : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
      });
      const steps = await testRegistryClient(server.urlOf('registry.test'), {
        credentials,
      }).check();
      expect(steps.map(({ name, ok, skipped }) => [name, ok, skipped])).toEqual(
        [
          ['ping', true, undefined],
          ['authenticate', true, undefined],
          ['list', true, true],
          ['pull', true, true],
        ],
      );
    },
  },
  {
    number: 'E.27',
    what: 'a robot name with $ and a password with a colon arrive as they are',
    run: async () => {
      const server = await serve(({ headers }) =>
        headers.authorization === basic
          ? tagsAnswer('v1')
          : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
      );
      expect(
        (await client(server, { credentials }).listTags('demo/web')).items,
      ).toEqual(['v1']);
    },
  },
  {
    number: 'E.41',
    what: 'an identity token goes by POST, and by GET where that is not known',
    run: async () => {
      const answerTokens =
        (post: TestAnswer): TestHandler =>
        ({ url, method, headers }) => {
          if (url.pathname === '/token') {
            return method === 'POST' ? post : { body: { token: 'by-get' } };
          }
          return headers.authorization
            ? tagsAnswer('v1')
            : {
                status: 401,
                headers: {
                  'www-authenticate': 'Bearer realm="/token",service="s"',
                },
              };
        };
      const identity = { credentials: { identityToken: 'refresh-me' } };
      const azure = await serve(
        answerTokens({ body: { access_token: 'by-post' } }),
      );
      await client(azure, identity).listTags('demo/web');
      expect(
        Object.fromEntries(new URLSearchParams(azure.requests[1].body)),
      ).toEqual({
        grant_type: 'refresh_token',
        refresh_token: 'refresh-me',
        service: 's',
        scope: 'repository:demo/web:pull',
        client_id: 'backstage-image-registry',
      });
      const harbor = await serve(answerTokens({ status: 405 }));
      expect(
        (await client(harbor, identity).listTags('demo/web')).items,
      ).toEqual(['v1']);
      expect(harbor.log[2]).toMatch(/^GET \/token/);
    },
  },
];
