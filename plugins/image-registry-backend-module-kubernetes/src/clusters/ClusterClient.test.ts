import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { createServer } from 'http';
import { AddressInfo, connect } from 'net';
import { ConfigReader } from '@backstage/config';
import { KubeConfig } from '@kubernetes/client-node';
import {
  ClusterSignInError,
  ClusterTokens,
  DriverError,
} from '@slipway/backstage-plugin-image-registry-node';
import { answer, ScriptedApiServer } from '../testing/ScriptedApiServer';
import { BearerTokens } from './BearerTokens';
import { ClusterClient } from './ClusterClient';
import { ClusterSource } from './ClusterSource';
import { withProxy } from './proxies';

function clientOf({ name, connection }: ClusterSource): ClusterClient {
  return new ClusterClient(name, connection?.kubeConfig ?? new KubeConfig());
}

describe('ClusterClient', () => {
  let server: ScriptedApiServer;
  let client: ClusterClient;

  beforeEach(async () => {
    server = await ScriptedApiServer.start((_, response) =>
      answer(response, 200, { ok: true }),
    );
    client = clientOf(server.source());
  });

  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  it('signs in, over connections that are kept', async () => {
    for (let call = 0; call < 20; call++) {
      await client.json({ path: '/version' });
    }
    expect(server.requests).toHaveLength(20);
    expect(server.requests[0].authorization).toBe('Bearer dummy-token');
    // The second opens when a call comes before the first one is free again.
    expect(server.handshakes).toBeLessThanOrEqual(2);
  });

  it('does not trust a certificate of another authority', async () => {
    const other = await ScriptedApiServer.start(() => undefined);
    const source = server.source();
    const trusted = source.connection?.kubeConfig.getCurrentCluster()?.caData;
    const impostor = other.source();
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      {
        name: 'c',
        server:
          impostor.connection?.kubeConfig.getCurrentCluster()?.server ?? '',
        caData: trusted,
        skipTLSVerify: false,
      },
      { name: 'user', token: 'dummy-token' },
    );
    const fooled = new ClusterClient('c', kubeConfig);
    await expect(fooled.json({ path: '/version' })).rejects.toMatchObject({
      code: 'cluster-unreachable',
      message: expect.stringContaining('is not trusted'),
    });
    expect(other.requests).toEqual([]);
    await fooled.close();
    await other.stop();
  });

  it('gives up at the deadline', async () => {
    server.script = () => undefined;
    await expect(
      client.json({ path: '/version', deadlineMs: 50 }),
    ).rejects.toMatchObject({
      code: 'cluster-unreachable',
      message: 'Cluster scripted did not answer in time.',
    });
  });

  it("passes the caller's abort on as it is", async () => {
    server.script = () => undefined;
    const controller = new AbortController();
    const call = client.json({ path: '/version', signal: controller.signal });
    controller.abort(new Error('not needed any more'));
    await expect(call).rejects.toThrow('not needed any more');
  });

  it('says that nobody listens', async () => {
    await server.goDown();
    await expect(client.json({ path: '/version' })).rejects.toMatchObject({
      code: 'cluster-unreachable',
      message: 'Cluster scripted refuses connections.',
    });
  });

  it('reads how long to wait', async () => {
    server.script = (_, response) =>
      answer(response, 429, { message: 'slow down' }, { 'retry-after': '3' });
    await expect(client.json({ path: '/version' })).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 3_000,
      message: expect.stringContaining('slow down'),
    });
  });

  it('goes through the proxy of the cluster, and trusts its CA behind it', async () => {
    const asked: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, caller, head) => {
      asked.push(url);
      const [host, port] = url.split(':');
      const tunnel = connect(Number(port), host, () => {
        caller.write('HTTP/1.1 200 Connection established\r\n\r\n');
        tunnel.write(head);
        tunnel.pipe(caller).pipe(tunnel);
      });
      tunnel.on('error', () => caller.destroy());
      caller.on('error', () => tunnel.destroy());
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    const { port } = proxy.address() as AddressInfo;
    const config = new ConfigReader({
      imageRegistry: {
        kubernetes: { proxies: { scripted: `http://127.0.0.1:${port}` } },
      },
    });
    const proxied = clientOf(withProxy(config, server.source()));
    await expect(proxied.json({ path: '/version' })).resolves.toEqual({
      ok: true,
    });
    expect(asked).toHaveLength(1);
    await proxied.close();
    await new Promise(resolve => proxy.close(resolve));
  });

  it('waits for a moment and asks again when a read is asked to', async () => {
    server.script = (_, response) =>
      server.requests.length === 1
        ? answer(response, 429, {}, { 'retry-after': '0' })
        : answer(response, 200, { gitVersion: 'v1' });
    await expect(client.json({ path: '/version' })).resolves.toEqual({
      gitVersion: 'v1',
    });
  });

  it('does not repeat a write that is asked to wait', async () => {
    server.script = (_, response) =>
      answer(response, 429, {}, { 'retry-after': '0' });
    await expect(
      client.json({ method: 'PATCH', path: '/x', merge: { a: 1 } }),
    ).rejects.toMatchObject({ code: 'rate-limited' });
    expect(server.requests).toHaveLength(1);
  });

  it('hands on what the API server remarks', async () => {
    server.script = (_, response) =>
      answer(response, 200, {}, { warning: '299 - "unknown field \\"a\\""' });
    const warnings: string[] = [];
    await client.json({ path: '/x', onWarning: text => warnings.push(text) });
    expect(warnings).toEqual(['unknown field "a"']);
  });

  it('reads a token file again when its token has expired', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'token-'));
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'dummy-old');
    const kubeConfig = new KubeConfig();
    const { connection } = server.source();
    kubeConfig.loadFromClusterAndUser(
      connection?.kubeConfig.getCurrentCluster() ?? {
        name: '',
        server: '',
        skipTLSVerify: false,
      },
      { name: 'user', authProvider: { config: { tokenFile } } },
    );
    const rotated = new ClusterClient('rotated', kubeConfig);
    server.script = ({ authorization }, response) =>
      authorization === 'Bearer dummy-new'
        ? answer(response, 200, {})
        : answer(response, 401, { message: 'Unauthorized' });
    await expect(rotated.json({ path: '/version' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await writeFile(tokenFile, 'dummy-new');
    await expect(rotated.json({ path: '/version' })).resolves.toEqual({});
    await rotated.close();
    await rm(folder, { recursive: true });
  });

  describe('with tokens of a cloud', () => {
    const signedInWith = (fetch: ClusterTokens['fetch']) =>
      new ClusterClient(
        'cloud',
        server.source().connection?.kubeConfig ?? new KubeConfig(),
        new BearerTokens({ fetch }),
      );
    const expiresAt = Date.now() + 600_000;

    it('gets another one when the first is refused', async () => {
      const given = ['dummy-1', 'dummy-2'];
      const cloud = signedInWith(async () => ({
        token: given.shift() ?? 'none',
        expiresAt,
      }));
      server.script = ({ authorization }, response) =>
        authorization === 'Bearer dummy-2'
          ? answer(response, 200, {})
          : answer(response, 401, { message: 'Unauthorized' });
      await expect(cloud.json({ path: '/version' })).resolves.toEqual({});
      expect(server.requests.map(({ authorization }) => authorization)).toEqual(
        ['Bearer dummy-1', 'Bearer dummy-2'],
      );
      await cloud.close();
    });

    it('names cluster, cause and remedy, and asks the cloud once', async () => {
      const fetch = jest.fn<Promise<never>, []>(async () => {
        throw new ClusterSignInError('nobody knows you', 'Introduce yourself.');
      });
      const cloud = signedInWith(fetch);
      await expect(cloud.json({ path: '/version' })).rejects.toMatchObject({
        code: 'unauthenticated',
        message:
          'Signing in to cluster cloud failed: nobody knows you. Introduce yourself.',
      });
      expect(fetch).toHaveBeenCalledTimes(1);
      expect(server.requests).toEqual([]);
      await cloud.close();
    });

    it('does not wait for a cloud longer than for the cluster', async () => {
      const cloud = signedInWith(() => new Promise(() => undefined));
      await expect(
        cloud.json({ path: '/version', deadlineMs: 20 }),
      ).rejects.toMatchObject({
        code: 'cluster-unreachable',
        message: 'Cluster cloud did not answer in time.',
      });
      await cloud.close();
    });
  });

  it('does not ask again with a token that cannot change', async () => {
    server.script = (_, response) =>
      answer(response, 401, { message: 'Unauthorized' });
    await expect(client.json({ path: '/version' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('remembers which kinds a cluster has', async () => {
    server.script = ({ path }, response) =>
      path === '/apis/argoproj.io/v1alpha1'
        ? answer(response, 200, { resources: [{ name: 'rollouts' }] })
        : answer(response, 404, { message: 'not found' });
    const { discovery } = client;
    const group = 'argoproj.io/v1alpha1';
    expect(await discovery.serves(group, 'rollouts')).toBe(true);
    expect(await discovery.serves(group, 'workflows')).toBe(false);
    expect(await discovery.serves('example.test/v1', 'things')).toBe(false);
    expect(await discovery.serves('example.test/v1', 'things')).toBe(false);
    expect(server.requests).toHaveLength(2);
  });

  it('says that the address is not that of an API server', async () => {
    server.script = (_, response) => response.end('<html></html>');
    const failure: unknown = await client
      .json({ path: '/version' })
      .catch(error => error);
    expect(failure).toBeInstanceOf(DriverError);
    expect(failure).toMatchObject({ code: 'server-error' });
  });

  it('puts lines together that arrive in pieces', async () => {
    const text = Buffer.from('{"a":"é"}\n{"b":2}\n');
    server.script = (_, response) => {
      response.flushHeaders();
      // In the middle of the two bytes of é.
      response.write(text.subarray(0, 7));
      setTimeout(() => response.end(text.subarray(7)), 20);
    };
    const lines: string[] = [];
    const opened = jest.fn();
    for await (const line of client.lines({ path: '/watch' }, opened)) {
      lines.push(line);
    }
    expect(lines).toEqual(['{"a":"é"}', '{"b":2}']);
    expect(opened).toHaveBeenCalledTimes(1);
  });
});
