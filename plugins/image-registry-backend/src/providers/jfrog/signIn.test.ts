import { jfrogAccounts } from '@slipway/sandbox';
import { JFrogWorld, loginOf } from './__testUtils__/jfrogWorld';

const { portal, weak } = jfrogAccounts;
const password = loginOf(portal);
const bench = JFrogWorld.create();

describe('sign-in to JFrog Artifactory', () => {
  it('says in the check that there is no such repository', async () => {
    const [, , list] = await bench.connect({ namespace: 'nobody' }).check();
    expect(list).toMatchObject({
      ok: false,
      code: 'not-found',
      message: expect.stringContaining('there is no repository nobody'),
    });
  });

  it.each([
    ['password', password, 'password', password],
    [
      'access-token',
      { accessToken: portal.accessToken },
      'access-token',
      { username: 'portal', password: portal.accessToken },
    ],
    [
      'access-token',
      { username: 'portal', accessToken: portal.referenceToken },
      'reference token',
      { username: 'portal', password: portal.referenceToken },
    ],
    [
      'api-key',
      { username: 'portal', apiKey: portal.apiKey },
      'API key',
      { username: 'portal', password: portal.apiKey },
    ],
  ])('signs in by %s', async (signIn, credentials, _, login) => {
    const client = bench.connect({ credentials, options: { signIn } });
    const steps = await client.check();
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['ping', true],
      ['authenticate', true],
      ['list', true],
      ['pull', true],
    ]);
    expect(bench.world.requests.list().length).toBeLessThanOrEqual(4);
    expect(await client.pullCredential()).toEqual({
      ...login,
      from: 'manage',
      ...(login.password === portal.accessToken && {
        expiresAt: '2100-01-01T00:00:00.000Z',
      }),
    });
  });

  it('names the permission that is missing', async () => {
    const client = bench.connect({
      credentials: { username: weak.username, password: weak.password },
      namespace: 'docker-local',
    });
    const steps = await client.check();
    expect(steps).toMatchObject([
      { name: 'ping', ok: true },
      { name: 'authenticate', ok: true },
      {
        name: 'list',
        ok: false,
        code: 'forbidden',
        message: expect.stringContaining(
          'The account newcomer lacks the permission "Read" on the repository docker-local',
        ),
        hint: expect.stringContaining('Permissions'),
      },
      { name: 'pull', skipped: true },
    ]);
  });
});
