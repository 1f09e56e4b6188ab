import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { connectionTo, ConnectionToOptions } from '@slipway/provider-tests';
import {
  harborAccounts,
  NIGHTLY_TAGS,
  SimulatedHarbor,
  SimulatedHarborOptions,
  startVendorWorld,
  VendorClock,
  VendorWorld,
} from '@slipway/sandbox';
import { createHarborProvider } from './createHarborProvider';

const HOST = 'harbor.example.com';
const { administrator, guest, robot, systemRobot, weakRobot } = harborAccounts;

/** What a person would have typed in. */
const login = ({ username, password }: typeof robot | typeof guest) => ({
  username,
  password,
});

let world: VendorWorld;
let harbor: SimulatedHarbor;

async function start(
  settings: ConnectionToOptions = { credentials: login(robot) },
  options: SimulatedHarborOptions = {},
): Promise<Required<RegistryClient>> {
  harbor = SimulatedHarbor.create(options);
  world = await startVendorWorld({ vendors: [harbor] });
  return connect(settings);
}

function connect(settings: ConnectionToOptions): Required<RegistryClient> {
  const provider = createHarborProvider();
  return provider.connect(
    connectionTo(provider, `https://${HOST}`, world, settings),
  ) as Required<RegistryClient>;
}

afterEach(() => world.stop());

const failure = (work: Promise<unknown>): Promise<RegistryError> =>
  work.then(
    () => Promise.reject(new Error('nothing failed')),
    error => error,
  );

describe('Harbor', () => {
  it('lists projects and repositories with what it tells of them', async () => {
    const client = await start();
    expect(await client.listNamespaces({})).toEqual({
      items: ['acme', 'opensource'],
      totalItems: 2,
      complete: true,
    });
    const all = await client.listRepositories({});
    expect(all).toMatchObject({ complete: true, totalItems: 6 });
    expect(all.items.at(-1)).toEqual({
      repository: 'opensource/tool',
      isPublic: true,
      pullCount: 7,
      updatedAt: expect.any(String),
    });
    const acme = await client.listRepositories({ namespace: 'acme' });
    expect(acme.items).toContainEqual({
      repository: 'acme/backend/worker',
      isPublic: false,
      pullCount: 7,
      updatedAt: '2026-11-03T08:00:00.000Z',
    });
    const found = await client.listRepositories({ search: 'WORK' });
    expect(found.items).toHaveLength(1);
  });

  it('says nothing of visibility where it may not be read', async () => {
    const client = await start();
    world.faults.add({
      path: '/projects/acme$',
      effect: { kind: 'status', status: 403 },
    });
    const { items } = await client.listRepositories({ namespace: 'acme' });
    expect(items).not.toHaveLength(0);
    expect(items.every(({ isPublic }) => isPublic === undefined)).toBe(true);
  });

  it('keeps to the project that is set', async () => {
    const client = await start({
      credentials: login(robot),
      namespace: 'opensource',
    });
    expect((await client.listNamespaces({})).items).toEqual(['opensource']);
    expect((await client.listRepositories({})).items).toHaveLength(1);
  });

  it('tells of a tag all that Harbor knows', async () => {
    const client = await start();
    const { items, complete } = await client.listTags('acme/web', {});
    expect(complete).toBe(true);
    expect(items.map(({ tag }) => tag)).toEqual([
      '1.2',
      'latest',
      'v1.2.0',
      'v1.1.0',
      'v1.0.0',
    ]);
    expect(items[2]).toEqual({
      tag: 'v1.2.0',
      digest: expect.stringMatching(/^sha256:/),
      pushedAt: '2026-11-04T09:30:00.000Z',
      size: expect.any(Number),
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64', variant: 'v8' },
      ],
      scan: {
        status: 'finished',
        counts: {},
        fixable: 0,
        scanner: 'Trivy v0.57.1',
        finishedAt: '2026-11-16T09:30:08.000Z',
      },
      signatures: ['cosign'],
      immutable: true,
    });
    expect(items[3]).toMatchObject({
      scan: { status: 'pending' },
      signatures: [],
      immutable: false,
    });
    expect(items[4].scan).toMatchObject({
      status: 'finished',
      severity: 'critical',
      counts: { critical: 1, high: 4, medium: 12, unknown: 2 },
      fixable: 9,
    });
  });

  it('reads all pages of tags', async () => {
    const client = await start();
    const tags = await client.listTags('acme/nightly', {});
    expect(tags).toMatchObject({ totalItems: NIGHTLY_TAGS, complete: true });
    expect(tags.items[0].tag).toBe('build-0130');
    expect(tags.items.at(-1)?.pushedAt).toBe('2026-09-12T21:30:00.000Z');
    const some = await client.listTags('acme/nightly', { search: '012' });
    expect(some.items).toHaveLength(11);
  });

  it('encodes nested names twice', async () => {
    const client = await start();
    const tags = await client.listTags('acme/backend/worker', {});
    expect(tags.items).toMatchObject([{ tag: '1.0.0' }]);
    expect(world.requests.lines(HOST)[0]).toContain(
      '/repositories/backend%252Fworker/artifacts?',
    );
  });

  it('finds nested names behind a proxy that decodes once', async () => {
    const client = await start(undefined, { decodingProxy: true });
    for (let time = 0; time < 2; time++) {
      const tags = await client.listTags('acme/backend/worker', {});
      expect(tags.items).toHaveLength(1);
    }
    // The second listing knew how.
    expect(world.requests.list(HOST)).toHaveLength(3);
  });

  it.each(['acme/none', 'acme/none/nested', 'noproject'])(
    'says that the repository %s does not exist',
    async repository => {
      const client = await start();
      const error = await failure(client.listTags(repository, {}));
      expect(error).toMatchObject({ code: 'not-found' });
      expect(error.message).toContain(repository);
    },
  );

  it('never sends a cookie back, so that it needs no CSRF token', async () => {
    const client = await start();
    await client.listRepositories({ namespace: 'acme' });
    await client.createWebhook({
      name: 'portal',
      url: 'https://portal.example.com/hook',
      secret: 'secret-of-the-hook',
      place: 'acme',
    });
    const cookies = world.requests
      .list(HOST)
      .filter(({ headers }) => headers.cookie !== undefined);
    expect(cookies).toEqual([]);
  });
});

describe('sign-in to Harbor', () => {
  it.each([robot, systemRobot, guest, administrator])(
    'checks by its own API, for $username',
    async account => {
      const client = await start({
        credentials: login(account as typeof robot),
        namespace: 'acme',
      });
      expect(await client.check()).toMatchObject([
        { name: 'ping', ok: true },
        { name: 'authenticate', ok: true },
        { name: 'list', ok: true, message: '5 repositories in project acme' },
        { name: 'pull', ok: true, message: 'acme/api' },
      ]);
      expect(world.requests.list(HOST)).toHaveLength(4);
    },
  );

  it('checks a public project without an account', async () => {
    const client = await start({ namespace: 'opensource' });
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true, message: 'Signed in anonymously' },
      { name: 'list', ok: true },
      { name: 'pull', ok: true },
    ]);
  });

  it.each(['listNamespaces', 'listRepositories'] as const)(
    'does not take what is public for everything after a wrong password: %s',
    async operation => {
      const client = await start({
        credentials: { ...login(robot), password: 'not-the-secret' },
      });
      const error = await failure(client[operation]({}));
      expect(error).toMatchObject({
        code: 'unauthenticated',
        hint: expect.stringContaining('has not expired'),
      });
      expect(error.message).not.toContain('not-the-secret');
    },
  );

  it('notices that a robot account has ended', async () => {
    const clock = new VendorClock();
    const { endingRobot } = harborAccounts;
    const client = await start(
      {
        credentials: {
          username: endingRobot.username,
          password: endingRobot.password,
        },
        namespace: 'acme',
      },
      { clock },
    );
    clock.advance(endingRobot.expiresAt - clock.now());
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: false, code: 'unauthenticated' },
      { name: 'list', skipped: true },
      { name: 'pull', skipped: true },
    ]);
  });

  it('tells a missing right to pull from a wrong password', async () => {
    const client = await start({ credentials: login(robot) });
    const right = await failure(client.resolve('opensource/none', 'latest'));
    expect(right.code).toBe('not-found');
    const wrong = connect({
      credentials: { ...login(robot), password: 'not-the-secret' },
    });
    const error = await failure(wrong.resolve('acme/web', 'latest'));
    expect(error.code).toBe('unauthenticated');
  });
});

describe('rights in Harbor', () => {
  it.each([
    [
      'listRepositories',
      (client: Required<RegistryClient>) =>
        client.listRepositories({ namespace: 'acme' }),
      'Repository: List',
    ],
    [
      'listTags',
      (client: Required<RegistryClient>) => client.listTags('acme/web', {}),
      'Artifact: List',
    ],
    [
      'scanReport',
      (client: Required<RegistryClient>) =>
        client.scanReport('acme/web', `sha256:${'a'.repeat(64)}`),
      'Artifact: Read',
    ],
    [
      'createWebhook',
      (client: Required<RegistryClient>) =>
        client.createWebhook({
          name: 'portal',
          url: 'https://portal.example.com/hook',
          secret: 'secret-of-the-hook',
          place: 'acme',
        }),
      'Notification Policy: Read',
    ],
  ])('names the one that is missing for %s', async (_, call, right) => {
    const client = await start({ credentials: login(weakRobot as never) });
    expect(await failure(call(client))).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(
        new RegExp(
          `^Harbor: could not .*403.*\\. The account robot\\$acme\\+pull lacks "${right}" in project acme`,
        ),
      ),
      hint: expect.stringContaining(
        `open Projects › acme › Robot Accounts, edit the account and tick "${right}"`,
      ),
    });
  });

  it.each([
    [
      login(systemRobot as never),
      'In Harbor open Administration › Robot Accounts, edit the account and tick "Notification Policy: Read" for project acme',
    ],
    [
      login(guest),
      'In Harbor open Projects › acme › Members and give the account the role Maintainer, or a higher one',
    ],
  ])(
    'says where it is given for an account of this kind',
    async (credentials, hint) => {
      const client = await start({ credentials, namespace: 'acme' });
      const webhook = {
        name: 'portal',
        url: 'https://p.example.com',
        secret: 's',
      };
      expect(await failure(client.createWebhook(webhook))).toMatchObject({
        code: 'forbidden',
        hint,
      });
    },
  );

  it('says that the project may not exist', async () => {
    const client = await start();
    const error = await failure(client.listRepositories({ namespace: 'none' }));
    expect(error.message).toContain(
      'in project none, or there is no such project',
    );
  });

  it('tells in the check which right is missing', async () => {
    const client = await start({
      credentials: login(weakRobot as never),
      namespace: 'acme',
    });
    expect(await client.check()).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      {
        name: 'list',
        ok: false,
        code: 'forbidden',
        message: expect.stringContaining('"Repository: List" in project acme'),
      },
      { name: 'pull', skipped: true },
    ]);
  });
});

describe('gates on Harbor', () => {
  const digestOf = async (client: RegistryClient, image: string) => {
    const [repository, tag] = image.split(':');
    return (await client.resolve(repository, tag)).digest;
  };

  it.each([
    ['acme/web:v1.2.0', { status: 'finished' }],
    ['acme/web:v1.1.0', { status: 'pending' }],
    ['acme/web:v1.0.0', { status: 'finished', severity: 'critical' }],
    ['acme/api:2.0.0', { status: 'failed' }],
    ['acme/nightly:build-0001', { status: 'not-scanned' }],
    ['acme/chart:0.3.1', { status: 'unsupported' }],
    ['acme/backend/worker:1.0.0', { status: 'not-scanned' }],
  ])('reads the scan of %s', async (image, expected) => {
    const client = await start();
    const digest = await digestOf(client, image);
    const [repository] = image.split(':');
    expect(await client.scanReport(repository, digest)).toMatchObject(expected);
  });

  it.each([
    ['Pending', 'pending'],
    ['Scheduled', 'pending'],
    ['Running', 'pending'],
    ['Stopped', 'not-scanned'],
    ['Error', 'failed'],
  ] as const)('takes a scan that is %s for %s', async (status, expected) => {
    const client = await start();
    harbor.setScan('acme/api:2.0.0', { status });
    const digest = await digestOf(client, 'acme/api:2.0.0');
    expect(await client.scanReport('acme/api', digest)).toEqual({
      status: expected,
      scanner: 'Trivy v0.57.1',
    });
  });

  it('says that there is no such digest', async () => {
    const client = await start();
    const none = `sha256:${'0'.repeat(64)}`;
    expect(await failure(client.scanReport('acme/web', none))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(`read the scan of acme/web@${none}`),
    });
  });

  it.each([
    ['acme/web:v1.2.0', ['cosign']],
    ['acme/web:v1.1.0', []],
  ])('reads the signatures of %s', async (image, expected) => {
    const client = await start();
    const digest = await digestOf(client, image);
    expect(await client.signatures('acme/web', digest)).toEqual(expected);
  });

  it('knows a bundle of cosign 3 that Harbor does not', async () => {
    const client = await start();
    harbor.sign('acme/api:2.0.0', 'bundle');
    const digest = await digestOf(client, 'acme/api:2.0.0');
    expect(await client.signatures('acme/api', digest)).toEqual(['cosign']);
  });

  it('finds no signatures where Harbor is too old to tell of them', async () => {
    const client = await start(undefined, { version: '2.4' });
    const digest = await digestOf(client, 'acme/web:v1.2.0');
    expect(await client.signatures('acme/web', digest)).toEqual([]);
    expect((await client.listTags('acme/web', {})).items).toHaveLength(5);
  });

  it('says that an older Harbor has another API', async () => {
    const client = await start(undefined, { version: '1.10' });
    expect(await failure(client.listNamespaces({}))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Docker Registry'),
    });
  });
});

describe('quota of Harbor', () => {
  it('is that of the project', async () => {
    const client = await start({
      credentials: login(robot),
      namespace: 'acme',
    });
    expect(await client.quota()).toEqual([
      { place: 'acme', used: 734_003_200, limit: 10_737_418_240 },
    ]);
  });

  it('is that of all projects, of which some have no limit', async () => {
    const client = await start({ credentials: login(systemRobot as never) });
    expect(await client.quota()).toEqual([
      { place: 'acme', used: 734_003_200, limit: 10_737_418_240 },
      { place: 'opensource', used: 52_428_800 },
    ]);
  });

  it('is not known to who may not read it', async () => {
    const client = await start({ credentials: login(robot) });
    expect(await failure(client.quota())).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('"Quota: List" over the whole system'),
    });
  });
});

describe('webhooks that Harbor is asked to make', () => {
  const webhook = {
    name: 'portal',
    url: 'https://portal.example.com/api/image-registry/webhooks/e1',
    secret: 'secret-of-the-hook',
    place: 'acme',
  };
  const made = {
    id: 1,
    project_id: 2,
    name: 'portal',
    description: 'Tells the portal of pushed images',
    enabled: true,
    event_types: [
      'PUSH_ARTIFACT',
      'DELETE_ARTIFACT',
      'SCANNING_COMPLETED',
      'SCANNING_FAILED',
      'SCANNING_STOPPED',
    ],
    targets: [
      {
        type: 'http',
        address: webhook.url,
        auth_header: 'Bearer secret-of-the-hook',
        skip_cert_verify: false,
        payload_format: 'CloudEvents',
      },
    ],
  };

  it('are made, and told where they are', async () => {
    const client = await start();
    expect(await client.createWebhook(webhook)).toEqual({
      location: `https://${HOST}/harbor/projects/2/webhook`,
    });
    expect(harbor.state.webhooks).toEqual([made]);
  });

  it('are changed when there is one of the name, and keep what was ticked', async () => {
    const client = await start();
    await client.createWebhook(webhook);
    harbor.state.webhooks[0].event_types.push('QUOTA_WARNING');
    await client.createWebhook({ ...webhook, secret: 'another-secret' });
    expect(harbor.state.webhooks).toMatchObject([
      {
        id: 1,
        event_types: [...made.event_types, 'QUOTA_WARNING'],
        targets: [{ auth_header: 'Bearer another-secret' }],
      },
    ]);
  });

  it('are in the only format of an older Harbor', async () => {
    const client = await start(undefined, { version: '2.7' });
    await client.createWebhook(webhook);
    expect(harbor.state.webhooks[0].targets[0]).not.toHaveProperty(
      'payload_format',
    );
  });

  it('need a project', async () => {
    const client = await start();
    const { place, ...homeless } = webhook;
    expect(await failure(client.createWebhook(homeless))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('project'),
    });
  });

  it('are not taken for made when the call is led elsewhere', async () => {
    const client = await start();
    world.faults.add({
      method: 'POST',
      effect: {
        kind: 'status',
        status: 301,
        headers: { Location: `https://${HOST}/api/v2.0/projects` },
      },
    });
    expect(await failure(client.createWebhook(webhook))).toBeInstanceOf(
      RegistryError,
    );
  });
});

describe('logins of Harbor for clusters', () => {
  it('are the robot account itself, which is the portal’s', async () => {
    const client = await start();
    expect(await client.pullCredential()).toEqual({
      ...login(robot),
      from: 'manage',
    });
  });
});
