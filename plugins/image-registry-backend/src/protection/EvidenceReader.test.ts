import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { EvidenceReader } from './EvidenceReader';

const digest = `sha256:${'a'.repeat(64)}`;
const pushedAt = '2026-11-20T08:00:00.000Z';
const image = {
  registryId: 'hub',
  repository: 'shop/web',
  tag: 'main',
  digest,
  reference: `hub.test/shop/web:main@${digest}`,
};
const everything = {
  minimumAgeMs: 1,
  worst: 'low',
  signatures: ['cosign'],
} as const;

function registries(client: object, pushTime = true): RegistryService {
  return {
    find: async (id: string) =>
      id === 'hub' ? { id, name: 'Hub', provider: 'fake' } : undefined,
    client: async () => client,
    provider: () => ({ descriptor: { capabilities: { pushTime } } }),
  } as unknown as RegistryService;
}

const page = (tag: string, of: string = digest, nextCursor?: string) => ({
  items: [{ tag, digest: of, pushedAt }],
  complete: true,
  nextCursor,
});

const read = (
  client: object,
  demands: Parameters<EvidenceReader['read']>[1] = everything,
  pushTime?: boolean,
) =>
  new EvidenceReader(registries(client, pushTime)).read(
    image,
    demands,
    'background',
  );

describe('EvidenceReader', () => {
  it('asks for all that is asked for', async () => {
    const asked = await read({
      listTags: async () => page('main'),
      scanReport: async () => ({ status: 'pending' }),
      signatures: async () => ['cosign'],
    });
    expect(asked).toMatchObject({
      registry: 'Hub',
      pushedAt,
      scan: { state: 'told', value: { status: 'pending' } },
      signatures: { state: 'told', value: ['cosign'] },
    });
    expect(Date.parse(asked.readAt)).not.toBeNaN();
  });

  it('asks for nothing else', async () => {
    const nothing = { minimumAgeMs: 0, signatures: [] };
    expect(Object.keys(await read({}, nothing)).sort()).toEqual([
      'readAt',
      'registry',
    ]);
  });

  it('looks for the push on further pages, but not without end', async () => {
    const cursors: unknown[] = [];
    const pages = (last: number) => ({
      listTags: async (_: string, { cursor }: { cursor?: string }) => {
        cursors.push(cursor);
        const number = Number(cursor ?? 0);
        return number === last
          ? page('main')
          : page('main-2', digest, String(number + 1));
      },
    });
    const age = { minimumAgeMs: 1, signatures: [] };
    expect((await read(pages(2), age)).pushedAt).toBe(pushedAt);
    expect(cursors).toEqual([undefined, '1', '2']);
    expect((await read(pages(99), age)).pushedAt).toBe(undefined);
    expect(cursors).toHaveLength(3 + 5);
  });

  it.each([
    ['a tag that means another digest', () => page('main', 'sha256:b'), true],
    ['no such tag', () => page('other'), true],
    ['a kind that tells no times', () => page('main'), false],
    [
      'a registry that is away',
      () => {
        throw new RegistryError('unreachable', 'It is away');
      },
      true,
    ],
  ])('knows no push from %s', async (_, answer, pushTime) => {
    const age = { minimumAgeMs: 1, signatures: [] };
    const asked = await read({ listTags: async () => answer() }, age, pushTime);
    expect(asked.pushedAt).toBe(undefined);
  });

  it('tells a registry that does not tell from one that fails', async () => {
    const away = async () => {
      throw new RegistryError('unreachable', 'It is away');
    };
    const listTags = async () => page('main');
    expect(await read({ listTags, scanReport: away })).toMatchObject({
      scan: { state: 'failed', message: 'It is away' },
      signatures: { state: 'not-told' },
    });
    const elsewhere = await new EvidenceReader(registries({})).read(
      { ...image, registryId: undefined },
      everything,
      'background',
    );
    expect(elsewhere).toMatchObject({
      registry: 'hub.test',
      scan: { state: 'not-told' },
      signatures: { state: 'not-told' },
    });
  });
});
