import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { failureOf } from '@slipway/provider-tests';
import { harborAccounts, VendorClock } from '@slipway/sandbox';
import { HARBOR_HOST, HarborWorld, loginOf } from './__testUtils__/harborWorld';

const { administrator, endingRobot, guest, robot, systemRobot, weakRobot } =
  harborAccounts;

const bench = HarborWorld.create();

describe('sign-in to Harbor', () => {
  it.each([robot, systemRobot, guest, administrator])(
    'checks by its own API, for $username',
    async account => {
      const client = await bench.start({
        credentials: loginOf(account),
        namespace: 'acme',
      });
      expect(await client.check()).toMatchObject([
        { name: 'ping', ok: true },
        { name: 'authenticate', ok: true },
        { name: 'list', ok: true, message: '5 repositories in acme' },
        { name: 'pull', ok: true, message: 'acme/api' },
      ]);
      expect(bench.world.requests.list(HARBOR_HOST)).toHaveLength(4);
    },
  );

  it('checks a public project without an account', async () => {
    const client = await bench.start({ namespace: 'opensource' });
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
      const client = await bench.start({
        credentials: { ...loginOf(robot), password: 'not-the-secret' },
      });
      const error = await failureOf(client[operation]({}));
      expect(error).toMatchObject({
        code: 'unauthenticated',
        hint: expect.stringContaining('has not expired'),
      });
      expect(error.message).not.toContain('not-the-secret');
    },
  );

  it('notices that a robot account has ended', async () => {
    const clock = new VendorClock();
    const client = await bench.start(
      {
        credentials: loginOf(endingRobot),
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
    const client = await bench.start({ credentials: loginOf(robot) });
    const right = await failureOf(client.resolve('opensource/none', 'latest'));
    expect(right.code).toBe('not-found');
    const wrong = bench.connect({
      credentials: { ...loginOf(robot), password: 'not-the-secret' },
    });
    const error = await failureOf(wrong.resolve('acme/web', 'latest'));
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
    const client = await bench.start({ credentials: loginOf(weakRobot) });
    expect(await failureOf(call(client))).toMatchObject({
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

  it.each(['resolve', 'inspect'] as const)(
    'names the one to pull that is missing for %s',
    async operation => {
      const { listingRobot } = harborAccounts;
      const client = await bench.start({ credentials: loginOf(listingRobot) });
      const error = await failureOf(client[operation]('acme/web', 'latest'));
      expect(error).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining(
          'The account robot$acme+list lacks "Repository: Pull" in project acme',
        ),
        hint: expect.stringContaining('tick "Repository: Pull"'),
      });
    },
  );

  it.each([
    [
      loginOf(systemRobot),
      'In Harbor open Administration › Robot Accounts, edit the account and tick "Notification Policy: Read" for project acme',
    ],
    [
      loginOf(guest),
      'In Harbor open Projects › acme › Members and give the account the role Maintainer, or a higher one',
    ],
  ])(
    'says where it is given for an account of this kind',
    async (credentials, hint) => {
      const client = await bench.start({ credentials, namespace: 'acme' });
      const webhook = {
        name: 'portal',
        url: 'https://p.example.com',
        secret: 's',
      };
      expect(await failureOf(client.createWebhook(webhook))).toMatchObject({
        code: 'forbidden',
        hint,
      });
    },
  );

  it('says that the project may not exist', async () => {
    const client = await bench.start();
    const error = await failureOf(
      client.listRepositories({ namespace: 'none' }),
    );
    expect(error.message).toContain(
      'in project none, or there is no such project',
    );
  });

  it('tells in the check which right is missing', async () => {
    const client = await bench.start({
      credentials: loginOf(weakRobot),
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

describe('the CLI secret of an OIDC user', () => {
  const start = () =>
    bench.start({ credentials: loginOf(harborAccounts.oidcUser) });

  it('lists all that the user may see, not what nobody may', async () => {
    const client = await start();
    const { items, complete } = await client.listRepositories({});
    expect(complete).toBe(true);
    expect(items.map(({ repository }) => repository)).toEqual([
      'acme/api',
      'acme/backend/worker',
      'acme/chart',
      'acme/nightly',
      'acme/web',
      'opensource/tool',
    ]);
  });

  it.each(['v1.0.0', 'a digest'])('reads the scan of %s', async reference => {
    const client = await start();
    const { digest } = await client.resolve('acme/web', 'v1.0.0');
    const wanted = reference === 'a digest' ? digest : reference;
    expect(await client.scanReport('acme/web', wanted)).toMatchObject({
      status: 'finished',
      severity: 'critical',
    });
    expect(await client.signatures('acme/web', wanted)).toEqual([]);
  });

  it('says that there is no such digest', async () => {
    const client = await start();
    const none = `sha256:${'0'.repeat(64)}`;
    const error = await failureOf(client.scanReport('acme/web', none));
    expect(error).toMatchObject({ code: 'not-found' });
  });

  it('says that there is no such repository', async () => {
    const client = await start();
    const error = await failureOf(client.listTags('acme/none', {}));
    expect(error).toMatchObject({ code: 'not-found' });
  });

  it('is told from a wrong password where it opens nothing', async () => {
    const client = await start();
    expect(await failureOf(client.quota())).toMatchObject({
      code: 'unauthenticated',
      hint: expect.stringContaining('need a robot account'),
    });
  });
});
