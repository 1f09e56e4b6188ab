import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { SandboxKubernetes } from '@slipway/sandbox';
import {
  ImageChange,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';
import { KubernetesDeployDriver } from './KubernetesDeployDriver';
import { eventually } from './testing/eventually';
import {
  collect,
  SPEED,
  sourceOf,
  startCluster,
  workload,
} from './testing/sandboxCluster';

jest.setTimeout(120_000);

/** As long, at the speed of the sandbox, as 2 s on a real cluster. */
const SETTLE_MS = 2_000 / SPEED;

describe('KubernetesDeployDriver on a sandbox cluster', () => {
  let sandbox: SandboxKubernetes;
  let driver: KubernetesDeployDriver;
  let sequence = 0;

  const target = (
    kind: TargetRef['kind'] = 'Deployment',
    name: string = 'cart',
  ): TargetRef => ({
    cluster: 'sandbox',
    namespace: 'shop',
    kind,
    name,
    container: 'web',
  });
  const change = (
    image: string,
    overrides: Partial<ImageChange> = {},
  ): ImageChange => ({
    target: target(),
    image: `registry.example/${image}`,
    sequence: (sequence += 1),
    force: true,
    ...overrides,
  });
  const rollOut = async (
    wanted: ImageChange,
    disturb: () => void = () => undefined,
  ): Promise<RolloutObservation[]> => {
    const { generation, uid } = await driver.apply(wanted);
    const { signal } = new AbortController();
    const watch = { ...wanted, generation, uid };
    const seen = collect(driver.observe(watch, signal));
    disturb();
    return seen;
  };
  const last = (seen: RolloutObservation[]) => seen[seen.length - 1];
  const ready = async (...targets: TargetRef[]) => {
    for (const one of targets) {
      const until = Date.now() + 10_000;
      while ((await driver.getTarget(one)).health !== 'Healthy') {
        if (Date.now() > until) {
          throw new Error(`${one.kind} ${one.name} does not become healthy`);
        }
      }
    }
  };
  const start = async (...workloads: Parameters<typeof startCluster>[0]) => {
    sandbox = await startCluster(workloads);
    driver = KubernetesDeployDriver.create({
      sources: [sourceOf(sandbox, 'sandbox')],
      settleMs: SETTLE_MS,
    });
  };

  afterEach(async () => {
    await driver.close();
    await sandbox.stop();
  });

  it('lists what runs, by kind, with digests and owners', async () => {
    await start(
      workload('Deployment', 'cart'),
      workload('StatefulSet', 'cart-db'),
      workload('DaemonSet', 'cart-agent'),
      workload('CronJob', 'cart-report'),
      workload('Deployment', 'idle', { replicas: 0 }),
    );
    await ready(
      target(),
      target('StatefulSet', 'cart-db'),
      target('DaemonSet', 'cart-agent'),
    );
    const { targets, clusters } = await driver.listTargets({
      kubernetesId: 'cart',
    });
    expect(clusters).toMatchObject([{ name: 'sandbox', reachable: true }]);
    const found = Object.fromEntries(
      targets.map(one => [`${one.ref.kind}/${one.ref.name}`, one]),
    );
    expect(Object.keys(found).sort()).toEqual([
      'CronJob/cart-report',
      'DaemonSet/cart-agent',
      'Deployment/cart',
      'Deployment/idle',
      'StatefulSet/cart-db',
    ]);
    expect(found['Deployment/cart']).toMatchObject({
      ref: target(),
      image: 'registry.example/cart:v1',
      runningDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      replicas: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
      health: 'Healthy',
      owners: [{ manager: 'helm', operation: 'Update' }],
      labels: { 'backstage.io/kubernetes-id': 'cart' },
    });
    expect(found['Deployment/cart'].runningDigests).toEqual([
      found['Deployment/cart'].runningDigest,
    ]);
    expect(found['Deployment/idle']).toMatchObject({
      health: 'Stopped',
      replicas: 0,
    });
    expect(
      (await driver.listTargets({ kubernetesId: 'other' })).targets,
    ).toEqual([]);
  });

  it('asks before it takes a field, then takes only that field', async () => {
    await start(workload('Deployment', 'cart'));
    const refused = change('cart:v2', { force: false });
    await expect(driver.apply(refused)).rejects.toMatchObject({
      code: 'field-conflict',
      owners: [{ manager: 'helm', operation: 'Update' }],
    });
    const diff = await driver.diff(refused);
    expect(diff).toMatchObject({
      conflicts: [{ manager: 'helm' }],
      unchanged: false,
      changes: [
        {
          path: 'spec.template.spec.containers[name=web].image',
          from: 'registry.example/cart:v1',
          to: 'registry.example/cart:v2',
        },
      ],
    });
    await driver.apply({ ...refused, force: true });
    const { owners, image, rolloutSequence } = await driver.getTarget(target());
    expect(owners).toMatchObject([
      { manager: 'backstage-image-registry', operation: 'Apply' },
    ]);
    expect(image).toBe('registry.example/cart:v2');
    expect(rolloutSequence).toBe(refused.sequence);
    // It is ours now, so the next needs no force.
    await driver.apply(change('cart:v3', { force: false }));
  });

  it('writes once however often it is asked, and nothing older', async () => {
    await start(workload('Deployment', 'cart'));
    const older = change('cart:v2');
    const newer = change('cart:v3');
    const first = await driver.apply(newer);
    const writes = sandbox.writes.list().length;
    const again = await driver.apply(newer);
    expect(again.generation).toBe(first.generation);
    expect(sandbox.writes.list()).toHaveLength(writes);
    await expect(driver.apply(older)).rejects.toMatchObject({
      code: 'superseded',
    });
    await expect(
      driver.apply(change('cart:v4', { resourceVersion: '1' })),
    ).rejects.toMatchObject({ code: 'stale' });
    expect((await driver.getTarget(target())).image).toContain('cart:v3');
  });

  it('keeps the image of one container while it writes the other', async () => {
    const seed = workload('Deployment', 'cart');
    const containers = [
      { name: 'web', image: 'registry.example/cart:v1' },
      { name: 'proxy', image: 'registry.example/proxy:v1' },
    ];
    const text = JSON.stringify(seed.object);
    const object = JSON.parse(text);
    object.spec.template.spec.containers = containers;
    await start({ ...seed, object });
    const proxy = { ...target(), container: 'proxy' };
    await driver.apply(change('proxy:v2', { target: proxy, sequence: 50 }));
    await driver.apply(change('cart:v2', { sequence: 40 }));
    expect((await driver.getTarget(proxy)).image).toContain('proxy:v2');
    expect((await driver.getTarget(target())).image).toContain('cart:v2');
  });

  it('may look but not write with the token of a reader', async () => {
    await start(workload('Deployment', 'cart'));
    const reader = KubernetesDeployDriver.create({
      sources: [sourceOf(sandbox, 'sandbox', 'read')],
      settleMs: 0,
    });
    const { targets } = await reader.listTargets({ kubernetesId: 'cart' });
    expect(targets).toHaveLength(1);
    await expect(reader.apply(change('cart:v2'))).rejects.toMatchObject({
      code: 'forbidden',
      transient: false,
      message: expect.stringContaining('cannot patch resource "deployments"'),
    });
    await reader.close();
  });

  it('fails with the words of the registry when the image is missing', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const end = last(await rollOut(change('cart:v2-broken')));
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'image-not-found' },
      readyReplicas: 2,
    });
    expect(end.reason?.message).toContain('cart:v2-broken');
  });

  it('fails when the new pods crash again and again', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const end = last(await rollOut(change('cart:v2-crash')));
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'crash-looping' },
    });
    const [pod] = end.pods.filter(({ current }) => current);
    expect(pod.restarts).toBeGreaterThanOrEqual(3);
    const log = await driver.logs(target(), pod.name, { previous: true });
    expect(log).not.toBe('');
    await expect(driver.pods(target())).resolves.toContainEqual(
      expect.objectContaining({ name: pod.name, current: true }),
    );
    expect(await driver.getTarget(target())).toMatchObject({
      health: 'Degraded',
      reason: expect.stringContaining('CrashLoopBackOff'),
    });
  });

  it('says what it waits for while an image starts slowly', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const seen = await rollOut(change('cart:v2-slow'));
    const codes = seen.map(({ reason }) => reason?.code);
    expect(codes).toContain('replicas-updating');
    expect(last(seen).phase).toBe('complete');
  });

  it('ends when a newer rollout replaces the image', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const newer = change('cart:v3', { sequence: 1_000 });
    const seen = await rollOut(change('cart:v2-slow'), () => {
      void driver.apply(newer);
    });
    expect(last(seen)).toMatchObject({
      phase: 'replaced',
      reason: { params: { image: newer.image } },
    });
  });

  it('survives an outage in the middle of a rollout', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const seen = await rollOut(change('cart:v2-slow'), () => {
      sandbox.faults.set({ effect: { kind: 'outage' } });
      setTimeout(() => sandbox.faults.clear(), 1_500);
    });
    const codes = seen.map(({ reason }) => reason?.code);
    expect(codes).toContain('cluster-unreachable');
    expect(last(seen).phase).toBe('complete');
  });

  it.each([
    ['are cut', { kind: 'drop-watch', afterEvents: 2 } as const],
    ['expire', { kind: 'expire-watch' } as const],
  ])('follows a rollout whose watches %s', async (_, effect) => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const seen = await rollOut(change('cart:v2'), () => {
      sandbox.faults.set({ effect, count: 6 });
    });
    expect(last(seen).phase).toBe('complete');
  });

  it('shares its watches among all who look, and closes them', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const wanted = change('cart:v2-slow');
    const { generation, uid } = await driver.apply(wanted);
    const { signal } = new AbortController();
    const seen = Promise.all(
      Array.from({ length: 50 }, () =>
        collect(driver.observe({ ...wanted, generation, uid }, signal)),
      ),
    );
    await eventually(() => driver.openWatches > 0);
    expect(driver.openWatches).toBe(3);
    const ends = (await seen).map(last);
    expect(ends.every(({ phase }) => phase === 'complete')).toBe(true);
    expect(driver.openWatches).toBe(0);
  });

  it('stops looking when it is told to', async () => {
    await start(workload('Deployment', 'cart'));
    await ready(target());
    const wanted = change('cart:v2-slow');
    await driver.apply(wanted);
    const controller = new AbortController();
    const seen = collect(driver.observe(wanted, controller.signal));
    await eventually(() => driver.openWatches > 0);
    controller.abort(new Error('interrupted'));
    await expect(seen).rejects.toThrow('interrupted');
    expect(driver.openWatches).toBe(0);
  });
});
