import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  giteaAccount,
  NIGHTLY_TAGS,
  SimulatedGitea,
  SimulatedVendor,
  SimulatedZot,
  startVendorWorld,
  STRANGER,
  VendorWorld,
  zotAccount,
} from '@slipway/sandbox';
import { createDistributionProvider } from './createDistributionProvider';

let world: VendorWorld;

async function start(
  vendor: SimulatedVendor,
  address: string,
  settings: ConnectionToOptions,
): Promise<RegistryClient> {
  world = await startVendorWorld({ vendors: [vendor] });
  const provider = createDistributionProvider();
  return provider.connect(connectionTo(provider, address, world, settings));
}

afterEach(() => world.stop());

const repositories = [
  { repository: 'acme/api' },
  { repository: 'acme/chart' },
  { repository: 'acme/nightly' },
  { repository: 'acme/web' },
];

describe.each([
  ['zot', 'https://zot.example.com', () => SimulatedZot.create(), zotAccount],
  [
    'zot below a path',
    'https://zot.example.com/images',
    () => SimulatedZot.create({ prefix: '/images' }),
    zotAccount,
  ],
  [
    'Gitea',
    'https://gitea.example.com',
    () => SimulatedGitea.create(),
    giteaAccount,
  ],
])('%s, connected as Docker Registry', (_, address, create, credentials) => {
  it('is checked in four requests', async () => {
    const client = await start(create(), address, { credentials });
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      { name: 'list', ok: true },
      { name: 'pull', ok: true },
    ]);
    expect(world.requests.list().length).toBeLessThanOrEqual(4);
  });

  it('lists repositories, whole and page by page', async () => {
    const client = await start(create(), address, { credentials });
    expect(await client.listRepositories({})).toMatchObject({
      items: repositories,
      complete: true,
    });
    const first = await client.listRepositories({ limit: 3 });
    const { nextCursor: cursor } = first;
    expect(first.items).toHaveLength(3);
    const second = await client.listRepositories({ limit: 3, cursor });
    expect([...first.items, ...second.items]).toEqual(repositories);
  });

  it('lists tags, resolves and inspects', async () => {
    const client = await start(create(), address, { credentials });
    const tags = await client.listTags('acme/nightly', {});
    expect(tags).toMatchObject({ totalItems: NIGHTLY_TAGS, complete: true });
    const { digest } = await client.resolve('acme/web', 'latest');
    const image = await client.inspect('acme/web', 'latest');
    expect(image).toMatchObject({ kind: 'image', digest });
  });
});

describe('a registry that names a realm elsewhere, and takes Basic as well', () => {
  it('is signed in to by Basic, and nothing goes elsewhere', async () => {
    const client = await start(
      SimulatedGitea.create(),
      'https://gitea.example.com',
      { credentials: giteaAccount },
    );
    world.faults.add({ effect: { kind: 'foreign-realm' } });
    const { digest } = await client.resolve('acme/web', 'latest');
    expect(digest).toMatch(/^sha256:/);
    expect(world.requests.list(STRANGER)).toEqual([]);
  });
});

describe('a registry without a catalog', () => {
  const connect = () =>
    start(
      SimulatedGitea.create({ hasCatalog: false }),
      'https://gitea.example.com',
      { credentials: giteaAccount },
    );

  it('is not broken: its repositories are typed', async () => {
    const client = await connect();
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      {
        name: 'list',
        ok: true,
        skipped: true,
        code: 'unsupported',
        hint: expect.stringContaining('Type the names'),
      },
      { name: 'pull', ok: true, skipped: true },
    ]);
    const typed = await client.listTags('acme/web', {});
    expect(typed.items.map(({ tag }) => tag)).toContain('v1.2.0');
  });

  it('says so when it is asked for its repositories', async () => {
    const client = await connect();
    await expect(client.listRepositories({})).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Type the name'),
    });
  });
});
