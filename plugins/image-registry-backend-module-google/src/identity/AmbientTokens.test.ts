import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { AmbientTokens } from './AmbientTokens';

/** The metadata server of a machine of Google, as far as tokens need it. */
async function startMetadataServer(
  status: number,
  asked: string[],
): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('Metadata-Flavor', 'Google');
    const path = request.url ?? '';
    asked.push(decodeURIComponent(path));
    if (path.includes('/service-accounts/default/token')) {
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          access_token: 'ya29.of-the-machine',
          expires_in: 3600,
          token_type: 'Bearer',
        }),
      );
    } else if (path.endsWith('/project/project-id')) {
      response.end('acme-prod');
    } else {
      response.end('computeMetadata/');
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

describe('AmbientTokens', () => {
  const before = { ...process.env };
  let server: Server | undefined;
  let asked: string[];

  async function useMetadataServer(status = 200) {
    asked = [];
    server = await startMetadataServer(status, asked);
    const { port } = server.address() as AddressInfo;
    process.env = {
      ...before,
      // Nothing of the machine that the test runs on.
      HOME: '/nonexistent',
      GCE_METADATA_HOST: `127.0.0.1:${port}`,
      METADATA_SERVER_DETECTION: 'assume-present',
    };
    for (const name of [
      'GOOGLE_APPLICATION_CREDENTIALS',
      'GOOGLE_CLOUD_PROJECT',
      'GCLOUD_PROJECT',
    ]) {
      delete process.env[name];
    }
  }

  afterEach(() => {
    process.env = before;
    server?.close();
    server?.closeAllConnections();
  });

  it('takes tokens of the machine', async () => {
    await useMetadataServer();
    const tokens = new AmbientTokens();
    const { expiresAt, token } = await tokens.fetch({}, 'portal');
    expect(token).toBe('ya29.of-the-machine');
    expect((expiresAt! - Date.now()) / 3_600_000).toBeCloseTo(1, 1);
    expect(await tokens.project()).toBe('acme-prod');
  });

  it('asks for a token that only downloads, for clusters', async () => {
    await useMetadataServer();
    await new AmbientTokens().fetch({}, 'pull');
    expect(asked.filter(path => path.includes('/token'))).toEqual([
      expect.stringMatching(/scopes=[^&]*auth\/devstorage\.read_only$/),
    ]);
  });

  it('says that there is no identity', async () => {
    await useMetadataServer(404);
    await expect(new AmbientTokens().fetch({}, 'portal')).rejects.toMatchObject(
      {
        code: 'unauthenticated',
        message: expect.stringContaining('no Google identity was found'),
        hint: expect.stringContaining('workload identity'),
      },
    );
  });
});
