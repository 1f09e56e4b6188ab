import { serveContent } from '../images';
import {
  Trap,
  basic,
  client,
  credentials,
  manifest,
  serve,
  tagsAnswer,
} from './Trap';
import { withTokens } from './withTokens';

/** Traps of tokens and their scopes. */
export const tokensTraps: readonly Trap[] = [
  {
    number: 'E.12',
    what: 'each repository has a token of its own, shared by simultaneous calls',
    run: async () => {
      const server = await serve(
        withTokens(() => tagsAnswer('v1'), {
          requires: path => `repository:${path.split('/')[2]}:pull`,
        }),
      );
      const oci = client(server, { credentials });
      await oci.listTags('one');
      await Promise.all([
        oci.listTags('two'),
        oci.listTags('two'),
        oci.listTags('two'),
      ]);
      await oci.listTags('one');
      const scopes = server.requests
        .filter(({ url }) => url.pathname === '/token')
        .map(({ url }) => url.searchParams.getAll('scope'));
      expect(scopes).toEqual([
        ['repository:one:pull'],
        ['repository:two:pull'],
      ]);
    },
  },
  {
    number: 'E.12',
    what: 'an expired token is replaced with the credentials, not with itself',
    run: async () => {
      let good = 'first';
      const server = await serve(({ url, headers }) => {
        if (url.pathname === '/token') {
          return { body: { token: good, expires_in: 3600 } };
        }
        return headers.authorization === `Bearer ${good}`
          ? tagsAnswer('v1')
          : {
              status: 401,
              headers: {
                'www-authenticate':
                  'Bearer realm="/token",error="invalid_token"',
              },
            };
      });
      const oci = client(server, { credentials });
      await oci.listTags('demo/web');
      good = 'second';
      expect((await oci.listTags('demo/web')).items).toEqual(['v1']);
      const signIns = server.requests.filter(
        ({ url }) => url.pathname === '/token',
      );
      expect(signIns.map(({ headers }) => headers.authorization)).toEqual([
        basic,
        basic,
      ]);
    },
  },
  {
    number: 'E.13',
    what: 'a listing that needs another action gets it, and it is remembered',
    run: async () => {
      const server = await serve(
        withTokens(() => tagsAnswer('v1'), {
          requires: () => 'repository:demo/web:metadata_read',
        }),
      );
      const oci = client(server, { credentials });
      await oci.listTags('demo/web');
      const before = server.requests.length;
      await oci.listTags('demo/web');
      expect(server.requests.length - before).toBe(1);
      expect(
        server.requests
          .filter(({ url }) => url.pathname === '/token')
          .map(({ url }) => url.searchParams.get('scope')),
      ).toEqual(['repository:demo/web:metadata_read,pull']);
    },
  },
  {
    number: 'E.14',
    what: 'reading never asks for more than pull by itself',
    run: async () => {
      const server = await serve(
        withTokens(serveContent([], { v1: manifest }), {
          challenge: () => 'Bearer realm="/token",service="registry"',
        }),
      );
      await client(server, { credentials }).resolve('demo/web', 'v1');
      expect(server.log[1]).toContain('scope=repository%3Ademo%2Fweb%3Apull&');
    },
  },
  {
    number: 'E.15',
    what: 'the scope of the challenge comes first, and access_token counts too',
    run: async () => {
      const server = await serve(
        withTokens(() => tagsAnswer('v1'), {
          requires: () => 'repository:mirror/demo/web:pull',
          token: scopes => ({
            access_token: Buffer.from(scopes[0]).toString('hex'),
          }),
        }),
      );
      expect(
        (await client(server, { credentials }).listTags('demo/web')).items,
      ).toEqual(['v1']);
      expect(server.requests[1].url.searchParams.getAll('scope')).toEqual([
        'repository:mirror/demo/web:pull',
        'repository:demo/web:pull',
      ]);
    },
  },
];
