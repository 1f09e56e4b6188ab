import {
  CheckResult,
  Delivery,
  ImageDetails,
  Policy,
  Registry,
  RepositoryItem,
  Rollout,
  TagItem,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import { pushImage } from '@slipway/sandbox';
import {
  deploymentOf,
  DockerRegistry,
  eventually,
  imageOf,
  makeEnvironment,
  makePolicy,
  missingPrograms,
  robot,
  startWorld,
  World,
} from './testing';

const missing = missingPrograms();
const suite = missing.length === 0 ? describe : describe.skip;
const reason =
  missing.length === 0
    ? ''
    : ` (skipped: ${missing.join(' and ')} not installed)`;

// Starts and pushes take what a busy machine takes.
jest.setTimeout(240_000);

const REPOSITORY = 'team/web';

/** The first step of a check that failed. */
function failureOf({ steps }: CheckResult) {
  return steps.find(({ ok, skipped }) => !ok && !skipped);
}

suite(`Debian's docker-registry and skopeo${reason}`, () => {
  let dockerRegistry: DockerRegistry;
  let world: World;
  let registry: Registry;
  const target = deploymentOf('shop-dev', 'web');

  beforeAll(async () => {
    dockerRegistry = await DockerRegistry.prepare();
    await dockerRegistry.start();
    world = await startWorld({ allowedLoopback: [dockerRegistry.address] });
    await makeEnvironment(world);
    const { reference } = await pushImage(world.registry.url, {
      repository: REPOSITORY,
      tag: '1.0.0',
      labels: { 'org.opencontainers.image.title': 'Web' },
    });
    await dockerRegistry.copyFrom(withoutTag(reference), `${REPOSITORY}:1.0.0`);
  }, 240_000);

  afterAll(async () => {
    await world?.stop();
    await dockerRegistry?.stop();
  });

  /** skopeo takes a tag or a digest, not both. */
  function withoutTag(reference: string): string {
    return reference.replace(/:[^:/@]+@/, '@');
  }

  function integration(changes: object = {}) {
    return {
      name: 'Team registry',
      provider: 'distribution',
      address: `https://${dockerRegistry.address}`,
      tls: { verify: true, caCertificate: dockerRegistry.caCertificate },
      credentials: { username: robot.username, password: robot.password },
      ...changes,
    };
  }

  it.each([
    [
      'an untrusted certificate',
      'tls',
      'untrusted-certificate',
      () => integration({ tls: { verify: true } }),
    ],
    [
      'a wrong password',
      'authenticate',
      'unauthenticated',
      () =>
        integration({
          credentials: { username: robot.username, password: 'wrong' },
        }),
    ],
    [
      'plain http where https was asked',
      'tls',
      'protocol-mismatch',
      () =>
        integration({
          address: `https://${world.registry.address}`,
          credentials: undefined,
        }),
    ],
    [
      'an unknown name',
      'address',
      'name-not-found',
      () => integration({ address: 'https://registry.invalid' }),
    ],
  ])('names %s', async (_, step, code, body) => {
    const admin = world.portal.as('admin');
    const result = await admin.post<CheckResult>('/registries/check', body());

    expect(result.ok).toBe(false);
    expect(failureOf(result)).toMatchObject({
      name: step,
      code,
      message: expect.any(String),
      hint: expect.any(String),
    });
    expect(JSON.stringify(result)).not.toContain(robot.password);
  });

  it('is added with its authority, checked, browsed and inspected', async () => {
    const admin = world.portal.as('admin');
    registry = await admin.post<Registry>('/registries', integration());
    expect(registry).toMatchObject({ hasCredentials: true });
    expect(JSON.stringify(registry)).not.toContain(robot.password);

    const path = `/registries/${registry.id}`;
    const check = await admin.post<CheckResult>(`${path}/check`, {});
    expect(failureOf(check)).toBeUndefined();
    expect(check.ok).toBe(true);

    const owner = world.portal.as('owner');
    const scope = 'entityRef=component:default/web';
    const repositories = await owner.get<{ items: RepositoryItem[] }>(
      `${path}/repositories?${scope}`,
    );
    expect(repositories.items.map(each => each.repository)).toEqual([
      REPOSITORY,
    ]);
    const tags = await owner.get<{ items: TagItem[] }>(
      `${path}/tags?repository=${REPOSITORY}&${scope}`,
    );
    expect(tags.items.map(({ tag }) => tag)).toEqual(['1.0.0']);
    const image = await owner.get<ImageDetails>(
      `${path}/image?repository=${REPOSITORY}&reference=1.0.0&${scope}`,
    );
    expect(image).toMatchObject({ kind: 'image', tag: '1.0.0' });
    expect(image.digest).toBe(
      world.registry.content.getManifest(REPOSITORY, '1.0.0')?.digest,
    );
    expect(image.platforms[0].layers.length).toBeGreaterThan(0);
  });

  it('tells of a push, which is deployed', async () => {
    const owner = world.portal.as('owner');
    const { endpoint, secret } = await owner.post<WebhookEndpointSecret>(
      `/registries/${registry.id}/webhook-endpoints`,
      {
        name: 'Web pushes',
        repositories: [REPOSITORY],
        entityRef: 'component:default/web',
      },
    );
    await makePolicy(world, target, {
      registryId: registry.id,
      repository: REPOSITORY,
      rule: { kind: 'semver', range: '^1' },
    });
    await dockerRegistry.halt();
    await dockerRegistry.start({
      url: endpoint.url,
      authorization: `Bearer ${secret}`,
    });

    const { digest, reference } = await pushImage(world.registry.url, {
      repository: REPOSITORY,
      tag: '1.1.0',
    });
    await dockerRegistry.copyFrom(withoutTag(reference), `${REPOSITORY}:1.1.0`);

    const rollout = await eventually(async () => {
      const { items } = await owner.get<{ items: Rollout[] }>(
        '/rollouts?entityRef=component:default/web&state=succeeded',
      );
      const found = items.find(({ image }) => image.digest === digest);
      if (!found) {
        throw new Error(`Not deployed: ${JSON.stringify(await told())}`);
      }
      return found;
    });
    expect(rollout).toMatchObject({
      cause: 'policy',
      image: { registryId: registry.id, tag: '1.1.0' },
    });
    expect(imageOf(world, target)).toBe(
      `${dockerRegistry.address}/${REPOSITORY}:1.1.0@${digest}`,
    );

    async function told() {
      const admin = world.portal.as('admin');
      return {
        deliveries: await admin.all<Delivery>(
          `/deliveries?registryId=${registry.id}`,
        ),
        policies: await owner.all<Policy>('/policies'),
        rollouts: await owner.all<Rollout>('/rollouts'),
      };
    }
  });

  it('is not heard about repositories beside the endpoint’s own', async () => {
    const { reference } = await pushImage(world.registry.url, {
      repository: REPOSITORY,
      tag: 'other',
    });
    await dockerRegistry.copyFrom(withoutTag(reference), 'team/other:1.0.0');

    await eventually(async () => {
      const refused = await world.portal
        .as('admin')
        .all<Delivery>(`/deliveries?registryId=${registry.id}&outcome=refused`);
      expect(refused[0]?.events[0]).toMatchObject({
        repository: 'team/other',
        reason: { message: expect.any(String) },
      });
    });
  });
});
