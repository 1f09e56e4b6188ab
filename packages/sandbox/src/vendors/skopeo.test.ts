import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { skopeoInstalled } from '../registry/testing/skopeo';
import { quayAccounts, SimulatedQuay } from './quay';
import { startVendorWorld, VendorWorld } from './VendorWorld';

const run = promisify(execFile);
const suite = skopeoInstalled ? describe : describe.skip;
const reason = skopeoInstalled ? '' : ' (skipped: skopeo is not installed)';

suite(`a simulated vendor and skopeo${reason}`, () => {
  let folder: string;
  let world: VendorWorld;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vendor-skopeo-'));
    world = await startVendorWorld({ vendors: [SimulatedQuay.create()] });
    await writeFile(join(folder, 'ca.pem'), world.ca);
  });

  afterAll(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** By the proxy and the authority of the world, as on a company's machine. */
  async function skopeo(...parameters: string[]): Promise<string> {
    const { stdout } = await run(
      'skopeo',
      ['--insecure-policy', ...parameters],
      {
        env: {
          ...process.env,
          HTTPS_PROXY: world.proxyUrl,
          SSL_CERT_FILE: join(folder, 'ca.pem'),
        },
      },
    );
    return stdout;
  }

  const { password, username } = quayAccounts.robot;
  const login = `${username}:${password}`;
  const image = 'docker://quay.io/acme/web';

  it('lists tags under the name of the vendor', async () => {
    const listed = await skopeo('list-tags', '--creds', login, image);
    expect(JSON.parse(listed)).toMatchObject({
      Repository: 'quay.io/acme/web',
      Tags: expect.arrayContaining(['latest', 'v1.0.0']),
    });
  });

  it('pulls an image, its blobs from the storage', async () => {
    const target = `dir:${join(folder, 'image')}`;
    await skopeo('copy', '--src-creds', login, `${image}:latest`, target);
    expect(world.requests.redirected().length).toBeGreaterThan(0);
  });

  it('refuses a wrong password', async () => {
    await expect(
      skopeo('list-tags', '--creds', `${username}:wrong`, image),
    ).rejects.toThrow(/unauthorized|invalid username\/password/);
  });
});
