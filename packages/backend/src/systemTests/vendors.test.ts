import {
  CheckResult,
  ImageDetails,
  ProviderDescriptor,
  Registry,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  createVendors,
  startVendorWorld,
  VendorLogin,
  vendorLogins,
  VendorWorld,
} from '@slipway/sandbox';
import { startWorld, World } from './testing';

// A start takes what a busy machine takes.
jest.setTimeout(240_000);

interface Listing<T> {
  items: T[];
  complete: boolean;
}

describe('every vendor in the portal', () => {
  let vendors: VendorWorld;
  let world: World;

  beforeAll(async () => {
    vendors = await startVendorWorld({ vendors: createVendors() });
    world = await startWorld({
      // The proxy, and nothing of the vendors: their names lead through it.
      allowedLoopback: [new URL(vendors.proxyUrl).host],
    });
  }, 240_000);

  afterAll(async () => {
    await world?.stop();
    await vendors?.stop();
  });

  afterEach(() => vendors.requests.clear());

  /** Fields of the kind's form that nobody may read again. */
  async function secretFields(kind: string): Promise<string[]> {
    const { items } = await world.portal
      .as('admin')
      .get<{ items: ProviderDescriptor[] }>('/providers');
    const { form } = items.find(({ id }) => id === kind)!;
    return form.fields
      .filter(field => field.in === 'credentials' && field.type === 'secret')
      .map(({ name }) => name);
  }

  const integration = ({
    kind,
    name = kind,
    repository,
    ...entered
  }: VendorLogin) => ({
    name: `${name} of ${repository}`,
    provider: kind,
    ...entered,
    tls: { verify: true, caCertificate: vendors.ca },
    proxy: vendors.proxyUrl,
  });

  it.each(
    vendorLogins().map((login): [string, VendorLogin] => [
      login.name ?? login.kind,
      login,
    ]),
  )('%s is added, checked, browsed and inspected', async (_name, login) => {
    const admin = world.portal.as('admin');
    const body = integration(login);
    const unsaved = await admin.post<CheckResult>('/registries/check', body);
    expect(unsaved.steps.filter(({ ok, skipped }) => !ok && !skipped)).toEqual(
      [],
    );

    const registry = await admin.post<Registry>('/registries', body);
    const path = `/registries/${registry.id}`;
    const check = await admin.post<CheckResult>(`${path}/check`, {});
    expect(check.ok).toBe(true);

    const owner = world.portal.as('owner');
    const scope = 'entityRef=component:default/web';
    const { repository } = login;
    const repositories = await owner.get<Listing<RepositoryItem>>(
      `${path}/repositories?${scope}`,
    );
    expect(repositories.complete).toBe(true);
    expect(repositories.items.map(each => each.repository)).toContain(
      repository,
    );
    const tags = await owner.get<Listing<TagItem>>(
      `${path}/tags?repository=${encodeURIComponent(repository)}&${scope}`,
    );
    expect(tags.complete).toBe(true);
    const latest = tags.items.find(({ tag }) => tag === 'latest');
    expect(latest).toMatchObject({ pushedAt: expect.any(String) });
    const image = await owner.get<ImageDetails>(
      `${path}/image?repository=${encodeURIComponent(
        repository,
      )}&reference=latest&${scope}`,
    );
    expect(image).toMatchObject({ kind: 'image', tag: 'latest' });
    expect(image.platforms[0].layers.length).toBeGreaterThan(0);
    expect(latest?.digest ?? image.digest).toBe(image.digest);

    const told = JSON.stringify([unsaved, registry, check, tags, image]);
    const secrets = (await secretFields(login.kind)).flatMap(
      name => login.credentials[name] ?? [],
    );
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(secret => told.includes(secret))).toEqual([]);
  });
});
