import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pushImage } from './registry';
import { call } from './registry/testing/call';
import { startSandbox } from './startSandbox';
import { WorldClient } from './vendors/testing/worldClient';

const FREE_PORTS = {
  control: { port: 0 },
  registry: { port: 0 },
  kubernetes: { port: 0 },
};

/** Status of a call of the cluster that trusts only this authority. */
function status(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { ca }, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('startSandbox', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('starts the vendors where they are asked for', async () => {
    const sandbox = await startSandbox({
      ...FREE_PORTS,
      vendors: { port: 0 },
    });
    try {
      const control = (path: string, method = 'GET', body?: object) =>
        call(`${sandbox.control.url}${path}`, {
          method,
          ...(body && { body: JSON.stringify(body) }),
        });
      const world = sandbox.vendors!;
      expect((await control('/status')).json).toMatchObject({
        vendors: {
          proxy: world.proxyUrl,
          hosts: { quay: expect.arrayContaining(['quay.io']) },
          requests: 0,
        },
      });
      const added = await control('/vendors/faults', 'POST', {
        host: 'quay.io',
        effect: { kind: 'status', status: 500 },
      });
      expect(added).toMatchObject({ status: 201, json: { id: 1 } });
      const client = new WorldClient(world);
      const ask = (token: string) =>
        client.call('https://quay.io/v2/?secret=1', {
          headers: { authorization: `Bearer ${token}` },
        });
      expect((await ask('hunter22')).status).toBe(500);
      const gone = await control('/vendors/faults/1', 'DELETE');
      expect(gone.json).toEqual({ faults: [] });
      expect((await ask('hunter22')).status).toBe(401);
      const asked = await control('/vendors/requests');
      expect(asked.json).toEqual({
        requests: [500, 401].map(each => ({
          method: 'GET',
          url: 'https://quay.io/v2/',
          status: each,
        })),
      });
      expect(asked.text).not.toContain('hunter22');
      await control('/reset', 'POST');
      expect(world.requests.list()).toEqual([]);
      await client.close();
    } finally {
      await sandbox.stop();
    }
  });

  it('starts every part and tells their state', async () => {
    const sandbox = await startSandbox(FREE_PORTS);
    try {
      const answer = await call(`${sandbox.control.url}/status`);
      expect(answer.json).toMatchObject({
        registry: { url: sandbox.registry.url, endpoints: [], faults: [] },
        kubernetes: { url: sandbox.kubernetes.url, faults: [] },
      });
      const tags = await call(`${sandbox.registry.url}/v2/demo/web/tags/list`);
      expect(tags.status).toBe(200);
      expect(tags.text).toContain('v1.4.0-broken');
      const images = ['Deployment', 'StatefulSet']
        .flatMap(kind => sandbox.kubernetes.list(kind))
        .map(each => JSON.stringify(each).match(/"image":"([^"]+)"/)?.[1]);
      expect(images.length).toBeGreaterThan(0);
      expect(
        images.map(each => sandbox.registry.resolveImage(each ?? '')),
      ).toEqual(images.map(() => 'exists'));
    } finally {
      await sandbox.stop();
    }
  });

  it('keeps its authority over a restart', async () => {
    const first = await startSandbox({ ...FREE_PORTS, directory });
    const ca = first.kubernetes.caCertificate;
    await first.stop();
    const second = await startSandbox({ ...FREE_PORTS, directory });
    try {
      expect(second.kubernetes.caCertificate).toBe(ca);
      expect(await status(`${second.kubernetes.url}/version`, ca)).toEqual(
        expect.any(Number),
      );
      const key = await stat(join(directory, 'ca-key.pem'));
      // Only the owner reads the key.
      expect(key.mode % 0o100).toBe(0);
      const kubeconfig = await readFile(join(directory, 'kubeconfig'), 'utf8');
      expect(kubeconfig).toContain(second.kubernetes.url);
    } finally {
      await second.stop();
    }
  }, 30_000);

  it('breaks and heals the cluster through the control server', async () => {
    const sandbox = await startSandbox(FREE_PORTS);
    try {
      const faults = `${sandbox.control.url}/kubernetes/faults`;
      const version = () =>
        status(
          `${sandbox.kubernetes.url}/version`,
          sandbox.kubernetes.caCertificate,
        );
      const set = await call(faults, {
        method: 'POST',
        body: JSON.stringify({ effect: { kind: 'status', code: 503 } }),
      });
      expect(set.status).toBe(201);
      expect(await version()).toBe(503);
      await call(faults, { method: 'DELETE' });
      expect(await version()).not.toBe(503);
      const bad = await call(faults, {
        method: 'POST',
        body: JSON.stringify({ path: '(', effect: { kind: 'outage' } }),
      });
      expect(bad.status).toBe(400);
      const seed = (kind: string) =>
        call(`${sandbox.control.url}/kubernetes/seed`, {
          method: 'POST',
          body: JSON.stringify({
            workloads: [
              {
                fieldManager: 'kubectl',
                object: {
                  kind,
                  apiVersion: 'v1',
                  metadata: { name: 'added' },
                },
              },
            ],
          }),
        });
      expect((await seed('Namespace')).status).toBe(201);
      expect(
        sandbox.kubernetes.get('Namespace', undefined, 'added'),
      ).toMatchObject({ kind: 'Namespace', metadata: { name: 'added' } });
      expect((await seed('Nothing')).text).toContain('v1 Nothing');
      const writes = await call(`${sandbox.control.url}/kubernetes/writes`);
      expect(writes.json).toEqual({ writes: [] });
    } finally {
      await sandbox.stop();
    }
  });

  it('pushes to its registry over https and with a password', async () => {
    const users = [{ username: 'robot', password: 'secret' }];
    const sandbox = await startSandbox({
      ...FREE_PORTS,
      registry: { port: 0, tls: true, access: { mode: 'token', users } },
    });
    try {
      const { address, url } = sandbox.registry;
      expect(url).toBe(`https://${address}`);
      const pushed = await call(`${sandbox.control.url}/registry/push`, {
        method: 'POST',
        body: JSON.stringify({ repository: 'team/app', tag: '1' }),
      });
      expect(pushed.status).toBe(201);
      expect(sandbox.registry.resolveImage(`${address}/team/app:1`)).toBe(
        'exists',
      );
      expect(await status(`${url}/v2/`, sandbox.kubernetes.caCertificate)).toBe(
        401,
      );
    } finally {
      await sandbox.stop();
    }
  });

  it('leaves nothing behind when one part cannot start', async () => {
    const first = await startSandbox(FREE_PORTS);
    const taken = Number(new URL(first.control.url).port);
    try {
      await expect(
        startSandbox({ ...FREE_PORTS, control: { port: taken } }),
      ).rejects.toThrow(/EADDRINUSE/);
    } finally {
      await first.stop();
    }
  });
});

describe('cli.ts', () => {
  const root = join(__dirname, '..', '..', '..');
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-cli-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const start = async (configuration: unknown) => {
    const file = join(directory, 'sandbox.json');
    await writeFile(file, JSON.stringify(configuration));
    const child = spawn(
      join(root, 'scripts', 'run-ts'),
      [join(__dirname, 'cli.ts'), '--config', file],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const ended = new Promise<number | null>(resolve => {
      child.once('exit', resolve);
    });
    return { child, ended };
  };
  const firstLine = async (stream: ChildProcess['stdout']) => {
    for await (const line of createInterface({ input: stream! })) {
      return line;
    }
    return '';
  };

  it('says when it is ready and stops on SIGTERM', async () => {
    const { child, ended } = await start({ ...FREE_PORTS, directory: 'data' });
    const ready = JSON.parse(await firstLine(child.stdout));
    expect(ready).toMatchObject({
      ready: true,
      kubeconfig: join(directory, 'data', 'kubeconfig'),
    });
    expect((await call(`${ready.control}/status`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 30_000);

  it('loses at most a second when it is killed', async () => {
    const settings = {
      control: { port: 0 },
      registry: { port: 0, seed: false },
      kubernetes: { port: 0 },
      directory: 'data',
    };
    const first = await start(settings);
    const before = JSON.parse(await firstLine(first.child.stdout));
    const tags = (ready: { registry: string }) =>
      call(`${ready.registry}/v2/team/app/tags/list`);
    await pushImage(before.registry, { repository: 'team/app', tag: '1' });
    // As long as a change may wait, and the time to write it.
    await sleep(2_500);
    await pushImage(before.registry, { repository: 'team/app', tag: '2' });
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await start(settings);
    const after = JSON.parse(await firstLine(second.child.stdout));
    expect((await tags(after)).text).toContain('"1"');
    await pushImage(after.registry, { repository: 'team/app', tag: '3' });
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);

    const third = await start(settings);
    const last = JSON.parse(await firstLine(third.child.stdout));
    expect((await tags(last)).text).toContain('"3"');
    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);
  }, 60_000);

  it('names what is wrong with its configuration', async () => {
    const { child, ended } = await start({ registry: { host: '0.0.0.0' } });
    expect(await firstLine(child.stderr)).toContain(
      "registry.host: '0.0.0.0' is not a loopback address",
    );
    expect(await ended).toBe(1);
  }, 30_000);
});
