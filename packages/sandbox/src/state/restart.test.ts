import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushImage } from '../registry';
import { call } from '../registry/testing/call';
import { startEventReceiver } from '../registry/testing/eventReceiver';
import { TestClient, until } from '../kubernetes/testing/TestClient';
import { Sandbox, startSandbox } from '../startSandbox';

const API = '/apis/apps/v1/namespaces/shop-dev/deployments/web';
/** The first save writes every image of the seed. */
const LONG = 30_000;

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe('a sandbox with a directory', () => {
  let directory: string;
  let sandbox: Sandbox;
  let reported: string[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
    reported = [];
  });

  afterEach(async () => {
    await sandbox.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const start = async (registry: object = { seed: false }) => {
    sandbox = await startSandbox(
      {
        directory,
        control: { port: 0 },
        registry: { port: 0, ...registry },
        kubernetes: { port: 0 },
      },
      line => reported.push(line),
    );
  };
  const stateFile = () => join(directory, 'state', 'state.json');
  const stored = async () => JSON.parse(await readFile(stateFile(), 'utf8'));
  const fileOf = (name: string) => join(directory, 'state', 'blobs', name);
  const blobFiles = () => readdir(fileOf('')).catch((): string[] => []);
  const push = (tag: string) =>
    pushImage(sandbox.registry.url, { repository: 'demo/mine', tag });
  const tags = async () =>
    (await call(`${sandbox.registry.url}/v2/demo/mine/tags/list`)).json;
  const web = () =>
    sandbox.kubernetes.get('Deployment', 'shop-dev', 'web') as unknown as {
      metadata: { managedFields: { manager: string }[] };
      spec: { template: { spec: { containers: { image: string }[] } } };
      status: { updatedReplicas?: number; observedGeneration?: number };
    };
  const image = () => web()?.spec.template.spec.containers[0].image;

  it('keeps images, workloads and who owns their fields', async () => {
    await start();
    const { digest } = await push('v1');
    await TestClient.create(sandbox.kubernetes).apply(
      API,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          template: {
            spec: { containers: [{ name: 'web', image: `kept@${digest}` }] },
          },
        },
      },
      'fieldManager=portal&force=true',
    );
    await sandbox.stop();

    await start();
    expect(reported).toEqual([]);
    expect(await tags()).toEqual({ name: 'demo/mine', tags: ['v1'] });
    const manifest = await call(
      `${sandbox.registry.url}/v2/demo/mine/manifests/v1`,
      { headers: { Accept: 'application/vnd.oci.image.manifest.v1+json' } },
    );
    expect(manifest.headers['docker-content-digest']).toBe(digest);
    const { layers } = manifest.json as { layers: { digest: string }[] };
    const blob = await call(
      `${sandbox.registry.url}/v2/demo/mine/blobs/${layers[0].digest}`,
    );
    expect(blob.status).toBe(200);
    expect(image()).toBe(`kept@${digest}`);
    expect(web().metadata.managedFields.map(each => each.manager)).toEqual(
      expect.arrayContaining(['portal', 'kubectl']),
    );
  });

  it('sends the events that nobody took before', async () => {
    const receiver = await startEventReceiver();
    try {
      const registry = {
        seed: false,
        endpoints: [
          {
            name: 'portal',
            url: receiver.url,
            backoff: 10,
            ignore: { mediaTypes: ['application/octet-stream'] },
          },
        ],
      };
      receiver.status = 503;
      await start(registry);
      const { digest } = await push('v1');
      await sandbox.stop();
      expect(receiver.events).toEqual([]);

      receiver.status = 200;
      await start(registry);
      const [event] = await receiver.received(1);
      expect(event.target).toMatchObject({ digest, tag: 'v1' });
    } finally {
      await receiver.stop();
    }
  });

  it('writes only new files, and removes those that nothing names', async () => {
    await start();
    await push('v1');
    // A file has its name before it has its content.
    const isSaved = async () => {
      const sizes = (await blobFiles()).map(
        async name => (await stat(fileOf(name))).size,
      );
      const { bytes } = sandbox.registry.content.snapshot();
      const expected = [...bytes.values()].map(({ length }) => length);
      return (
        sum(await Promise.all(sizes)) === sum(expected) &&
        sizes.length === expected.length
      );
    };
    await until('v1 is saved', isSaved);
    const first = await blobFiles();
    const written = () =>
      Promise.all(first.map(async name => (await stat(fileOf(name))).mtimeMs));
    const times = await written();
    const { digest } = await push('v2');
    const added = digest.replace(':', '-');
    await until('v2 is saved', async () => (await blobFiles()).includes(added));
    expect(await written()).toEqual(times);

    const manifests = `${sandbox.registry.url}/v2/demo/mine/manifests`;
    await call(`${manifests}/${digest}`, { method: 'DELETE' });
    await until('it is gone', async () => !(await blobFiles()).includes(added));
    expect(await blobFiles()).toEqual(expect.arrayContaining(first));
  });

  const spoiled: [string, () => Promise<void>, RegExp][] = [
    [
      'is cut off',
      async () => {
        const text = await readFile(stateFile(), 'utf8');
        await writeFile(stateFile(), text.slice(0, text.length / 2));
      },
      /JSON/,
    ],
    [
      'is of another format',
      async () =>
        writeFile(
          stateFile(),
          JSON.stringify({ ...(await stored()), format: 0 }),
        ),
      /it is of format 0, not 1$/,
    ],
    [
      'lacks a part',
      async () =>
        writeFile(
          stateFile(),
          JSON.stringify({ ...(await stored()), kubernetes: {} }),
        ),
      /kubernetes\.takenAt/,
    ],
    [
      'lacks bytes',
      async () => {
        const [name] = await blobFiles();
        await rm(fileOf(name));
      },
      /ENOENT/,
    ],
    [
      'has other bytes',
      async () => {
        const [name] = await blobFiles();
        await writeFile(fileOf(name), 'other');
      },
      /other content/,
    ],
  ];

  it.each(spoiled)(
    'begins with the seed when the state %s',
    async (_what, spoil, reason) => {
      await start();
      await push('v1');
      await sandbox.stop();
      await spoil();

      await start();
      expect(reported).toEqual([expect.stringMatching(reason)]);
      expect(reported[0]).not.toContain('\n');
      expect(sandbox.registry.content.hasRepository('demo/mine')).toBe(false);
      expect(image()).toContain('/demo/web:v1.3.0');
      await push('v2');
      await sandbox.stop();

      await start();
      expect(reported).toHaveLength(1);
      expect(await tags()).toEqual({ name: 'demo/mine', tags: ['v2'] });
    },
  );

  it(
    'forgets everything but its seed when it is reset',
    async () => {
      await start({ seed: true });
      await push('v1');
      sandbox.registry.faults.add({ effect: { kind: 'status', status: 500 } });
      const namespace = {
        kind: 'Namespace',
        apiVersion: 'v1',
        metadata: { name: 'mine' },
      };
      sandbox.kubernetes.seed([{ fieldManager: 'kubectl', object: namespace }]);
      const reset = await call(`${sandbox.control.url}/reset`, {
        method: 'POST',
      });
      expect(reset).toMatchObject({ status: 200, json: { reset: true } });
      const isSeed = () => {
        const { content, faults } = sandbox.registry;
        expect(content.hasRepository('demo/mine')).toBe(false);
        expect(content.listTags('demo/web')).toContain('v1.4.0-broken');
        expect(faults.list()).toEqual([]);
        const { kubernetes } = sandbox;
        expect(kubernetes.get('Namespace', undefined, 'mine')).toBeUndefined();
        expect(image()).toContain('/demo/web:v1.3.0');
      };
      isSeed();
      expect(JSON.stringify(await stored())).not.toContain('demo/mine');
      await sandbox.stop();

      await start({ seed: true });
      isSeed();
      expect(reported).toEqual([]);
    },
    LONG,
  );

  it('leaves the state alone when it cannot start', async () => {
    await start();
    await push('v1');
    await sandbox.stop();
    const before = await stored();
    await start();
    const taken = Number(new URL(sandbox.control.url).port);
    const text = await readFile(stateFile(), 'utf8');
    await expect(
      startSandbox({
        directory,
        control: { port: taken },
        registry: { port: 0 },
        kubernetes: { port: 0 },
      }),
    ).rejects.toThrow(/EADDRINUSE/);
    expect(JSON.parse(text).registry).toEqual(before.registry);
    expect((await stored()).registry).toEqual(before.registry);
  });
});
