import { because } from '../provider/because';
import { RegistryError } from '../provider/RegistryError';
import { readFollowingPages } from './readFollowingPages';
import { readNumberedPages } from './readNumberedPages';

const names = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `v${from + index}`);

/** Pages of 10 of so many entries. */
function numbered(
  total: number,
  overrides: Record<number, () => unknown> = {},
) {
  const asked: number[] = [];
  const read = async (page: number) => {
    asked.push(page);
    const given = overrides[page]?.() as string[] | undefined;
    const from = (page - 1) * 10;
    return {
      items: given ?? names(from, Math.max(0, Math.min(10, total - from))),
      total,
    };
  };
  return { asked, read };
}

const cut = () => {
  throw new RegistryError('server-error', 'Example: it answered 503');
};

describe('readNumberedPages', () => {
  const limits = { pageSize: 10, mostPages: 20 };

  it.each([0, 1, 10, 11, 95])('reads %i entries whole', async total => {
    const { read, asked } = numbered(total);
    const page = await readNumberedPages({ ...limits, read });
    expect(page).toEqual({
      items: names(0, total),
      totalItems: total,
      complete: true,
    });
    expect(asked).toHaveLength(Math.max(1, Math.ceil(total / 10)));
  });

  it('has only some pages under way at once', async () => {
    let running = 0;
    let most = 0;
    await readNumberedPages({
      ...limits,
      pagesAtOnce: 3,
      read: async page => {
        most = Math.max(most, ++running);
        await new Promise(resolve => setImmediate(resolve));
        running--;
        return { items: names(page * 10, 10), total: 150 };
      },
    });
    expect(most).toBe(3);
  });

  it('says that a later page is missing, and keeps the others', async () => {
    const { read } = numbered(40, { 2: cut });
    const page = await readNumberedPages({ ...limits, read });
    expect(page.items).toHaveLength(30);
    expect(page).toMatchObject({
      complete: false,
      reason: expect.objectContaining({
        message: 'A page could not be read: Example: it answered 503',
      }),
    });
  });

  it('fails when the first page does', async () => {
    const { read } = numbered(40, { 1: cut });
    await expect(readNumberedPages({ ...limits, read })).rejects.toThrow('503');
  });

  it('does not hide an error of the portal in an incomplete listing', async () => {
    const { read } = numbered(40, {
      3: () => {
        throw new TypeError('a bug');
      },
    });
    await expect(readNumberedPages({ ...limits, read })).rejects.toThrow(
      'a bug',
    );
  });

  it('says that a page came again', async () => {
    const { read, asked } = numbered(1000, { 2: () => names(0, 10) });
    const page = await readNumberedPages({ ...limits, pagesAtOnce: 1, read });
    expect(page).toEqual({
      items: names(0, 10),
      complete: false,
      reason: expect.objectContaining({
        message: 'The registry gave entries of an earlier page again',
      }),
    });
    expect(asked).toEqual([1, 2]);
  });

  it('says that fewer came than the registry counted', async () => {
    const { read } = numbered(20, { 2: () => names(10, 9) });
    expect(await readNumberedPages({ ...limits, read })).toMatchObject({
      complete: false,
      reason: expect.objectContaining({
        message: 'Only 19 of 20 entries came',
      }),
    });
  });

  const changed = {
    complete: false,
    reason: expect.objectContaining({
      message: 'The listing changed while it was read',
    }),
  };

  it.each([1e6, 1e308])(
    'does not ask for all pages of a registry that counts %d and has none',
    async total => {
      const { read, asked } = numbered(10);
      const { reason, ...page } = await readNumberedPages({
        ...limits,
        mostPages: 1_000,
        read: async number => ({ ...(await read(number)), total }),
      });
      expect(page).toEqual({ items: names(0, 10), complete: false });
      expect(reason?.message).toContain('came');
      expect(asked).toEqual([1, 2, 3, 4, 5]);
    },
  );

  it.each([0, -1, 9])(
    'reads on where %d are counted and more are on the first page',
    async total => {
      const { read } = numbered(25);
      const page = await readNumberedPages({
        ...limits,
        read: async number => ({ ...(await read(number)), total }),
      });
      expect(page).toMatchObject({ items: names(0, 25), complete: true });
    },
  );

  it('gives an entry that moved to the next page once, and reads on', async () => {
    const { read, asked } = numbered(40, { 2: () => names(9, 10) });
    const page = await readNumberedPages({ ...limits, pagesAtOnce: 1, read });
    expect(page).toMatchObject(changed);
    expect(page.items).toEqual([...names(0, 19), ...names(20, 20)]);
    expect(asked).toEqual([1, 2, 3, 4]);
  });

  it('says that the registry counts others than before', async () => {
    const { read } = numbered(30);
    const page = await readNumberedPages({
      ...limits,
      read: async number => ({
        ...(await read(number)),
        total: number === 3 ? 29 : 30,
      }),
    });
    expect(page).toMatchObject(changed);
    expect(page.items).toHaveLength(30);
  });

  it('takes an entry that is twice on one page for no change', async () => {
    const { read } = numbered(20, { 2: () => [...names(10, 9), 'v10'] });
    const page = await readNumberedPages({ ...limits, read });
    expect(page).toMatchObject({ complete: true, totalItems: 19 });
  });

  it('stops at the limit', async () => {
    const { read, asked } = numbered(1_000_000);
    const page = await readNumberedPages({ ...limits, read });
    expect(asked).toHaveLength(20);
    expect(page).toMatchObject({
      complete: false,
      reason: expect.objectContaining({
        message: 'Only the first 200 of 1000000 entries were read',
      }),
    });
  });

  it('counts entries that became no item', async () => {
    const page = await readNumberedPages({
      ...limits,
      read: async number => ({ items: [`v${number}`], count: 10, total: 30 }),
    });
    expect(page).toEqual({
      items: ['v1', 'v2', 'v3'],
      totalItems: 3,
      complete: true,
    });
  });

  it('goes on to a short page where there is no count', async () => {
    const { read, asked } = numbered(25);
    const page = await readNumberedPages({
      ...limits,
      read: async number => ({ items: (await read(number)).items }),
    });
    expect(page).toMatchObject({ complete: true, totalItems: 25 });
    expect(asked).toEqual([1, 2, 3, 1]);
  });

  it.each<[string, number, () => string[]]>([
    ['lost an entry', 1, () => [...names(1, 9), 'v10']],
    ['has an entry more', 1, () => ['new', ...names(0, 9)]],
    ['repeats an entry', 2, () => names(9, 10)],
  ])(
    'says that a listing without count %s meanwhile',
    async (_name, changedPage, items) => {
      const { read, asked } = numbered(25);
      const page = await readNumberedPages({
        ...limits,
        read: async number => {
          const isChanged =
            number === changedPage && (number !== 1 || asked.includes(1));
          const { items: before } = await read(number);
          return { items: isChanged ? items() : before };
        },
      });
      expect(page).toMatchObject(changed);
    },
  );

  it('does not trust a listing whose first page fails at the end', async () => {
    const { read, asked } = numbered(25);
    const page = await readNumberedPages({
      ...limits,
      read: async number =>
        asked.length === 3 ? cut() : { items: (await read(number)).items },
    });
    expect(page).toMatchObject({
      complete: false,
      reason: expect.objectContaining({
        message: expect.stringContaining('503'),
      }),
    });
  });

  it('ends where each page is the first again and there is no count', async () => {
    const page = await readNumberedPages({
      ...limits,
      read: async () => ({ items: names(0, 10) }),
    });
    expect(page).toMatchObject({ complete: false, items: names(0, 10) });
  });
});

describe('readFollowingPages', () => {
  it('follows each page to the next', async () => {
    const page = await readFollowingPages({
      mostPages: 10,
      read: async next => {
        const from = Number(next ?? 0);
        return {
          items: names(from, 10),
          ...(from < 30 && { next: String(from + 10) }),
        };
      },
    });
    expect(page).toEqual({
      items: names(0, 40),
      totalItems: 40,
      complete: true,
    });
  });

  it.each([undefined, ''])('takes the next page %j for none', async next => {
    const page = await readFollowingPages({
      mostPages: 10,
      read: async () => ({ items: ['a'], next }),
    });
    expect(page).toMatchObject({ items: ['a'], complete: true });
  });

  it('goes on over pages of which nothing is an item', async () => {
    const page = await readFollowingPages<string>({
      mostPages: 10,
      read: async next =>
        next ? { items: ['a'] } : { items: [], count: 10, next: 'second' },
    });
    expect(page).toMatchObject({ items: ['a'], complete: true });
  });

  it('does not go round in a circle', async () => {
    let reads = 0;
    const page = await readFollowingPages({
      mostPages: 1000,
      read: async () => ({ items: [`v${reads++}`], next: 'again' }),
    });
    expect(page).toEqual({
      items: ['v0', 'v1'],
      complete: false,
      reason: expect.objectContaining({
        message: 'The registry gave the same page as the next one again',
      }),
    });
  });

  it('ends where a page repeats under another token', async () => {
    let reads = 0;
    const page = await readFollowingPages({
      mostPages: 1000,
      read: async () => ({ items: ['a'], next: String(reads++) }),
    });
    expect(reads).toBe(2);
    expect(page).toMatchObject({ items: ['a'], complete: false });
  });

  it('stops at the limit', async () => {
    let reads = 0;
    const page = await readFollowingPages({
      mostPages: 3,
      read: async () => ({ items: [`v${reads}`], next: String(reads++) }),
    });
    expect(reads).toBe(3);
    expect(page).toMatchObject({
      complete: false,
      reason: expect.objectContaining({
        message: 'Only the first 3 entries were read',
      }),
    });
  });

  it('keeps what came before a page that failed', async () => {
    const page = await readFollowingPages({
      mostPages: 10,
      read: async next => (next ? cut() : { items: ['a'], next: 'second' }),
    });
    expect(page).toEqual({
      items: ['a'],
      complete: false,
      reason: expect.objectContaining({
        message: 'A page could not be read: Example: it answered 503',
      }),
    });
  });

  it('passes on why a vendor’s page may lack entries', async () => {
    const page = await readFollowingPages({
      mostPages: 10,
      read: async next =>
        next
          ? { items: ['b'] }
          : {
              items: ['a'],
              next: 'second',
              doubt: because('example-left-out', 'Example: left some out'),
            },
    });
    expect(page).toEqual({
      items: ['a', 'b'],
      complete: false,
      reason: expect.objectContaining({ message: 'Example: left some out' }),
    });
  });

  it('tells items apart by what the vendor calls them', async () => {
    const page = await readFollowingPages({
      mostPages: 10,
      keyOf: ({ id }: { id: number }) => String(id),
      read: async next =>
        next ? { items: [{ id: 2 }] } : { items: [{ id: 1 }], next: 'second' },
    });
    expect(page.items).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
