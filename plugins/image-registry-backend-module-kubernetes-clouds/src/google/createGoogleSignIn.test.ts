import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { createGoogleSignIn } from './createGoogleSignIn';

const cluster = {
  name: 'production',
  server: 'https://192.0.2.1',
  config: new ConfigReader({}),
};

/** Answers all requests of Google's library: metadata and tokens. */
async function startGoogle(
  status: number,
  answer: object,
  asked: string[],
): Promise<Server> {
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    response.writeHead(status, {
      'Metadata-Flavor': 'Google',
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

describe('createGoogleSignIn', () => {
  const before = { ...process.env };
  let server: Server | undefined;
  let asked: string[];

  async function useGoogle(status: number, answer: object) {
    asked = [];
    server = await startGoogle(status, answer, asked);
    const { port } = server.address() as AddressInfo;
    process.env = {
      ...before,
      // Nothing of the machine that the test runs on.
      HOME: '/nonexistent',
      GCE_METADATA_HOST: `127.0.0.1:${port}`,
      METADATA_SERVER_DETECTION: 'assume-present',
    };
    delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
    // Else the library looks for a project with programs of the machine.
    process.env.GOOGLE_CLOUD_PROJECT = 'acme-prod';
    return `http://127.0.0.1:${port}`;
  }

  function open(credentials?: object) {
    return createGoogleSignIn({
      config: new ConfigReader({
        kubernetes: {
          googleServiceAccountCredentials:
            credentials && JSON.stringify(credentials),
        },
      }),
    }).open(cluster);
  }

  afterEach(() => {
    process.env = before;
    server?.close();
    server?.closeAllConnections();
  });

  it('takes tokens of the identity of the backend', async () => {
    await useGoogle(200, { access_token: 'ya29.dummy', expires_in: 3600 });
    const { token, expiresAt } = await open().fetch();
    expect(token).toBe('ya29.dummy');
    expect((expiresAt - Date.now()) / 3_600_000).toBeCloseTo(1, 1);
    expect(asked.join()).toContain('auth/cloud-platform');
    expect(asked.join()).toContain('auth/userinfo.email');
  });

  it('says that there is none', async () => {
    await useGoogle(404, {});
    await expect(open().fetch()).rejects.toMatchObject({
      message: expect.stringContaining('no Google identity was found'),
      remedy: expect.stringContaining('googleServiceAccountCredentials'),
    });
  });

  it('says that a key is refused, and nothing of the key', async () => {
    const address = await useGoogle(400, {
      error: 'invalid_grant',
      error_description: 'dummy-secret',
    });
    const tokens = open({
      type: 'external_account_authorized_user',
      audience: 'x',
      client_id: 'dummy',
      client_secret: 'dummy-secret',
      refresh_token: 'dummy-secret',
      token_url: `${address}/token`,
    });
    const error: unknown = await tokens.fetch().catch(caught => caught);
    expect(error).toMatchObject({
      message: expect.stringContaining('(invalid_grant)'),
    });
    expect(String(error)).not.toContain('dummy-secret');
  });

  it.each(['{"private_key": "dummy-secret', '"dummy-secret"'])(
    'refuses what is no credentials file, without quoting it',
    text => {
      const signIn = createGoogleSignIn({
        config: new ConfigReader({
          kubernetes: { googleServiceAccountCredentials: text },
        }),
      });
      expect(() => signIn.open(cluster)).toThrow(
        /^kubernetes\.googleServiceAccountCredentials is not the JSON of a Google credentials file$/,
      );
    },
  );
});
