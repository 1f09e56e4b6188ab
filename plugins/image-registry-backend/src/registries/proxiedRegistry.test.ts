import {
  AddressGuard,
  createAddressGuard,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  quayAccounts,
  SimulatedQuay,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { sqlite } from '../testing';
import { testRegistries } from '../testing/registries';

const database = sqlite();
let world: VendorWorld;

beforeAll(async () => {
  world = await startVendorWorld({ vendors: [SimulatedQuay.create()] });
});

afterEach(() => {
  world.faults.clear();
  world.requests.clear();
});

afterAll(() => world.stop());

async function start(guard?: AddressGuard) {
  const knex = await database.create();
  return (await testRegistries({ knex, guard })).registries;
}

/** Only the proxy of the world knows this quay.io. */
const quay = () => ({
  name: 'Quay',
  provider: 'distribution',
  address: 'https://quay.io',
  tls: { verify: true, caCertificate: world.ca },
  credentials: { ...quayAccounts.robot },
  proxy: world.proxyUrl,
});

describe('a registry behind a proxy', () => {
  it('is checked through it, before it is saved and after', async () => {
    const { checks, editor } = await start();
    const unsaved = await checks.unsaved(quay());
    expect(unsaved).toMatchObject({
      ok: true,
      steps: [
        {
          name: 'address',
          message: `Through the proxy ${new URL(world.proxyUrl).host}`,
        },
        { name: 'tls', ok: true },
        { name: 'ping', ok: true },
        { name: 'authenticate', ok: true },
        { name: 'list', ok: true },
        { name: 'pull', ok: true },
      ],
    });
    const { id } = await editor.create(quay());
    expect((await checks.saved(id)).ok).toBe(true);
  });

  it('is called through it', async () => {
    const { editor, service } = await start();
    const { id } = await editor.create(quay());
    const client = await service.client(id);
    const { items } = await client.listTags('acme/web', {});
    expect(items.map(({ tag }) => tag)).toContain('v1.2.0');
    expect(world.requests.lines('quay.io')).toContain(
      'GET quay.io/v2/acme/web/tags/list?n=1000',
    );
  });

  it('need not be resolved here, but is once the proxy is gone', async () => {
    const { editor } = await start(
      createAddressGuard({
        allowedLoopback: [new URL(world.proxyUrl).host],
        // Here every name leads to the metadata service.
        resolve: (_name, _options, callback) =>
          callback(null, [{ address: '169.254.169.254', family: 4 }]),
      }),
    );
    const { id, proxy } = await editor.create(quay());
    expect(proxy).toBe(world.proxyUrl);
    const direct = { version: 1, proxy: null, credentials: quay().credentials };
    await expect(editor.update(id, direct)).rejects.toThrow('169.254.169.254');
  });

  it('tells of a certificate inside the tunnel', async () => {
    const { checks } = await start();
    const { steps } = await checks.unsaved({
      ...quay(),
      tls: { verify: true },
    });
    expect(steps[1]).toMatchObject({
      name: 'tls',
      ok: false,
      code: 'untrusted-certificate',
    });
  });

  it('says that it is the proxy that cannot be reached', async () => {
    const { checks } = await start();
    const gone = await startVendorWorld({ vendors: [] });
    await gone.stop();
    const { steps } = await checks.unsaved({
      ...quay(),
      proxy: gone.proxyUrl,
    });
    expect(steps[1]).toMatchObject({
      name: 'tls',
      ok: false,
      code: 'unreachable',
      message: expect.stringContaining(
        `the proxy ${new URL(gone.proxyUrl).host} cannot be used`,
      ),
    });
  });
});
