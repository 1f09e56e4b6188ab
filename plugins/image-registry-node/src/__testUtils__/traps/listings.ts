import { someDigest, unknown } from '../images';
import { testOciClient } from '../testConnection';
import {
  Trap,
  client,
  expectFailure,
  nextLink,
  registryClient,
  serve,
  tagsAnswer,
} from './Trap';

/** Traps of listing tags and repositories. */
export const listingsTraps: readonly Trap[] = [
  {
    number: 'A.1',
    what: 'without a catalog the error says to type the name',
    run: async () => {
      const server = await serve(() => ({
        status: 404,
        body: '404 not found',
      }));
      await expectFailure(
        client(server).listRepositories(),
        'unsupported',
        /does not offer a list/,
      );
    },
  },
  {
    number: 'A.4',
    what: 'a server without paging is asked once, and cut here',
    run: async () => {
      const tags = ['b', 'a', 'c', 'latest', 'v1'];
      const server = await serve(() => tagsAnswer(...tags));
      const oci = client(server);
      expect((await oci.listTags('demo/web')).items).toEqual(tags);
      expect(server.requests).toHaveLength(1);
      const pages: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = await oci.listTags('demo/web', { limit: 2, cursor });
        pages.push(page.items);
        cursor = page.nextCursor;
      } while (cursor);
      expect(pages).toEqual([['b', 'a'], ['c', 'latest'], ['v1']]);
    },
  },
  {
    number: 'A.4',
    what: 'a full page without Link is followed only while it brings new tags',
    run: async () => {
      const all = Array.from(
        { length: 2500 },
        (_, index) => `t${String(index).padStart(5, '0')}`,
      );
      const honest = await serve(({ url }) => {
        const last = url.searchParams.get('last') ?? '';
        const n = Number(url.searchParams.get('n'));
        return tagsAnswer(...all.filter(tag => tag > last).slice(0, n));
      });
      expect((await client(honest).listTags('demo/web')).items).toEqual(all);
      expect(honest.requests).toHaveLength(3);
      // Ignores `last`, and has by chance as many as were asked for.
      const deaf = await serve(() => tagsAnswer(...all.slice(0, 1000)));
      const whole = await client(deaf).listTags('demo/web');
      expect(whole).toMatchObject({ complete: true, totalItems: 1000 });
      expect(deaf.requests).toHaveLength(2);
      const first = await client(deaf).listTags('demo/web', { limit: 1000 });
      const second = await client(deaf).listTags('demo/web', {
        limit: 1000,
        cursor: first.nextCursor,
      });
      expect(second).toEqual({ items: [], complete: true });
    },
  },
  {
    number: 'A.4',
    what: 'a Link that goes in circles ends, and says so',
    run: async () => {
      const sameUrl = await serve(({ url }) => ({
        ...tagsAnswer('a'),
        headers: nextLink(`${url.pathname}?last=a&n=1`),
      }));
      expect(await client(sameUrl).listTags('demo/web')).toMatchObject({
        items: ['a'],
        complete: false,
      });
      expect(sameUrl.requests.length).toBeLessThanOrEqual(2);
      let page = 0;
      const otherUrls = await serve(({ url }) => {
        page += 1;
        return {
          ...tagsAnswer('a', 'b'),
          headers: nextLink(`${url.pathname}?last=${page}`),
        };
      });
      expect(await client(otherUrls).listTags('demo/web')).toMatchObject({
        items: ['a', 'b'],
        complete: false,
        reason: { message: expect.stringContaining('again') },
      });
      expect(otherUrls.requests).toHaveLength(2);
    },
  },
  {
    number: 'A.4',
    what: 'a listing is cut at its limits, and says so',
    run: async () => {
      let page = 0;
      const server = await serve(({ url }) => {
        page += 1;
        return {
          ...tagsAnswer(`t${page}`),
          headers: nextLink(`${url.pathname}?last=t${page}`),
        };
      });
      const limited = client(server, {
        listingLimits: { pages: 5, items: 1000 },
      });
      expect(await limited.listTags('demo/web')).toMatchObject({
        items: ['t1', 't2', 't3', 't4', 't5'],
        complete: false,
        reason: { message: expect.stringContaining('first 5') },
      });
    },
  },
  {
    number: 'A.4',
    what: 'a listing whose later page fails is incomplete, not whole',
    run: async () => {
      const server = await serve(({ url }) =>
        url.searchParams.has('last')
          ? { status: 500 }
          : {
              ...tagsAnswer('a'),
              headers: nextLink(`${url.pathname}?last=a`),
            },
      );
      expect(await client(server).listTags('demo/web')).toMatchObject({
        items: ['a'],
        complete: false,
        reason: { message: expect.stringContaining('500') },
      });
    },
  },
  {
    number: 'E.4',
    what: 'digests among the tags are left out',
    run: async () => {
      const server = await serve(() =>
        tagsAnswer('v1', someDigest('x'), 'sha256:short'),
      );
      expect((await client(server).listTags('demo/web')).items).toEqual(['v1']);
    },
  },
  {
    number: 'E.5',
    what: 'nulls among the tags are left out',
    run: async () => {
      const server = await serve(() => tagsAnswer(null, 'v1', null, 7, {}));
      expect((await client(server).listTags('demo/web')).items).toEqual(['v1']);
    },
  },
  {
    number: 'E.6',
    what: 'null instead of a list is an empty list',
    run: async () => {
      const server = await serve(() => ({
        body: { name: 'demo/web', tags: null },
      }));
      expect(await client(server).listTags('demo/web')).toMatchObject({
        items: [],
        complete: true,
      });
    },
  },
  {
    number: 'E.7',
    what: 'one malformed tag does not spoil the others',
    run: async () => {
      const server = await serve(() =>
        tagsAnswer('-ot-beta-jmx', 'v1', 'a b', '../x', 'x'.repeat(129)),
      );
      expect((await client(server).listTags('demo/web')).items).toEqual(['v1']);
    },
  },
  {
    number: 'E.8',
    what: 'a Link to another path is followed at our own path',
    run: async () => {
      const server = await serve(({ url }) => {
        if (!url.pathname.startsWith('/api/docker/main/v2/')) {
          return { status: 400 };
        }
        return url.searchParams.has('last')
          ? tagsAnswer('b')
          : {
              ...tagsAnswer('a'),
              headers: nextLink('/v2/demo/web/tags/list?last=a&n=1'),
            };
      });
      const oci = testOciClient(
        `${server.urlOf('registry.test')}/api/docker/main`,
      );
      expect(await oci.listTags('demo/web')).toMatchObject({
        items: ['a', 'b'],
        complete: true,
      });
    },
  },
  {
    number: 'E.9',
    what: 'an opaque next page at an inner host is asked for at the outer one',
    run: async () => {
      const server = await serve(({ url }) =>
        url.searchParams.get('next_page') === 'gAAAA=='
          ? { body: { repositories: ['demo/z'] } }
          : {
              body: { repositories: ['demo/a'] },
              headers: nextLink(
                'http://quay-app.internal:8080/v2/_catalog?next_page=gAAAA%3D%3D&n=1000',
              ),
            },
      );
      expect((await client(server).listRepositories()).items).toEqual([
        'demo/a',
        'demo/z',
      ]);
      expect(server.log[1]).toContain('next_page=gAAAA%3D%3D');
    },
  },
  {
    number: 'E.20',
    what: 'tags of signatures and the like are not offered as images',
    run: async () => {
      const hex = someDigest('x').slice('sha256:'.length);
      const server = await serve(() =>
        tagsAnswer(
          'v1',
          `sha256-${hex}`,
          `sha256-${hex}.sig`,
          `sha256-${hex}.att`,
        ),
      );
      const page = await registryClient(server).listTags('demo/web', {});
      expect(page.items).toEqual([{ tag: 'v1' }]);
    },
  },
  {
    number: 'E.22',
    what: 'listing tags costs no request per tag',
    run: async () => {
      const server = await serve(() => tagsAnswer('a', 'b', 'c'));
      await registryClient(server).listTags('demo/web', {
        limit: 50,
        sort: 'natural-desc',
      });
      expect(server.log).toEqual(['GET /v2/demo/web/tags/list?n=1000']);
    },
  },
  {
    number: 'E.26',
    what: 'an empty catalog is not taken for an empty registry',
    run: async () => {
      const server = await serve(() => ({ body: { repositories: [] } }));
      expect(await client(server).listRepositories()).toMatchObject({
        items: [],
        complete: false,
        reason: { message: expect.stringContaining('empty') },
      });
    },
  },
  {
    number: 'E.34',
    what: 'a catalog page is never larger than 1000, and `last` is not made up',
    run: async () => {
      const server = await serve(({ url }) => {
        const n = Number(url.searchParams.get('n') ?? 100);
        if (n > 1000) {
          return { status: 400 };
        }
        return url.searchParams.has('last')
          ? { body: { repositories: ['demo/b'] } }
          : {
              body: { repositories: ['demo/a'] },
              headers: nextLink(`/v2/_catalog?last=demo%2Fa&n=${n}`),
            };
      });
      const oci = client(server);
      const first = await oci.listRepositories({ limit: 5000 });
      expect(first.items).toEqual(['demo/a']);
      const second = await oci.listRepositories({
        limit: 5000,
        cursor: first.nextCursor,
      });
      expect(second).toMatchObject({ items: ['demo/b'], complete: true });
      expect(second.nextCursor).toBeUndefined();
    },
  },
  {
    number: 'E.38',
    what: 'a repository that does not exist is told from an empty one',
    run: async () => {
      const server = await serve(() => unknown('NAME_UNKNOWN'));
      await expectFailure(
        client(server).listTags('demo/new'),
        'not-found',
        /NAME_UNKNOWN/,
      );
    },
  },
];
