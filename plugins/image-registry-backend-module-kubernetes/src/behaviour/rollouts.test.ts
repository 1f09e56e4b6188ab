import { collect } from '../testing/sandboxCluster';
import { BehaviourBench, last } from './BehaviourBench';
import { COMPONENT, manifestOf } from './manifests';
import { needing } from './needing';

jest.setTimeout(240_000);

const itRunsPods = needing('runsPods', 'no kubelet is ready here');
const itRollsOut = needing('rollouts', 'Argo Rollouts is not installed here');
const itCrashes = needing('crashing', 'no crashing image was given');

describe('how a rollout goes', () => {
  let bench: BehaviourBench;

  beforeAll(async () => {
    bench = await BehaviourBench.start();
  });

  afterAll(() => bench.stop());

  (['Deployment', 'StatefulSet', 'DaemonSet'] as const).forEach(kind => {
    itRunsPods(`rolls a ${kind} out until all pods run it`, async () => {
      const of = await bench.create(kind, 'rolled');
      await bench.healthy(of);
      const end = last(await bench.follow(bench.change(of)));
      expect(end).toMatchObject({
        phase: 'complete',
        updatedReplicas: end.replicas,
        availableReplicas: end.replicas,
      });
      const current = end.pods.filter(pod => pod.current);
      expect(current).toHaveLength(end.replicas);
    });
  });

  itRollsOut('rolls a Rollout of Argo out', async () => {
    const of = await bench.create('Rollout', 'rolled');
    await bench.healthy(of);
    expect(last(await bench.follow(bench.change(of)))).toMatchObject({
      phase: 'complete',
      updatedReplicas: 2,
    });
    const { targets } = await bench.driver.listTargets({
      kubernetesId: COMPONENT,
      namespace: bench.cluster.namespace,
    });
    expect(targets.map(({ ref }) => ref)).toContainEqual(of);
  });

  itRollsOut('writes the Deployment that a Rollout refers to', async () => {
    await bench.create('Deployment', 'base', { spec: { replicas: 0 } });
    const { apiVersion, kind, metadata } = manifestOf(
      'Rollout',
      'referring',
      bench.cluster.images,
    );
    await bench.cluster.apply({
      apiVersion,
      kind,
      metadata,
      spec: {
        replicas: 1,
        strategy: { canary: {} },
        workloadRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'base',
        },
      },
    });
    const of = bench.target('Rollout', 'referring');
    await bench.healthy(of);
    expect(last(await bench.follow(bench.change(of)))).toMatchObject({
      phase: 'complete',
    });
    const base = await bench.driver.getTarget(
      bench.target('Deployment', 'base'),
    );
    expect(base.image).toBe(bench.cluster.images.second);
    const { targets } = await bench.driver.listTargets({
      kubernetesId: COMPONENT,
      namespace: bench.cluster.namespace,
    });
    expect(targets.map(({ ref }) => ref.name)).not.toContain('base');
    const refsOf = async (workload: {
      kind: 'Deployment' | 'Rollout';
      name: string;
    }) => {
      const one = await bench.driver.listTargets({
        kubernetesId: COMPONENT,
        namespace: bench.cluster.namespace,
        workload,
      });
      return one.targets.map(({ ref }) => ref);
    };
    expect(await refsOf({ kind: 'Deployment', name: 'base' })).toEqual([]);
    expect(await refsOf({ kind: 'Rollout', name: 'referring' })).toEqual([of]);
  });

  itRunsPods('says that a paused Deployment waits', async () => {
    const of = await bench.create('Deployment', 'paused');
    await bench.healthy(of);
    await bench.cluster.apply(
      manifestOf('Deployment', 'paused', bench.cluster.images, {
        spec: { paused: true },
      }),
    );
    expect((await bench.driver.getTarget(of)).paused).toBe(true);
    const wanted = bench.change(of);
    const { generation, uid } = await bench.driver.apply(wanted);
    const waiting = new AbortController();
    const observations = bench.driver.observe(
      { ...wanted, generation, uid },
      waiting.signal,
    );
    for await (const { phase, reason } of observations) {
      expect(phase).toBe('progressing');
      if (reason?.code === 'paused') {
        break;
      }
    }
    waiting.abort();
  });

  itRunsPods('is stopped when there are no replicas', async () => {
    const of = await bench.create('Deployment', 'zero', {
      spec: { replicas: 0 },
    });
    expect(last(await bench.follow(bench.change(of)))).toMatchObject({
      phase: 'stopped',
      reason: { code: 'scaled-to-zero' },
    });
  });

  itRunsPods('leaves pods to their owner with OnDelete', async () => {
    const of = await bench.create('StatefulSet', 'by-hand', {
      spec: { updateStrategy: { type: 'OnDelete' } },
    });
    await bench.healthy(of);
    expect(last(await bench.follow(bench.change(of)))).toMatchObject({
      phase: 'complete',
      reason: { code: 'on-delete', params: { updated: '0', desired: '2' } },
    });
  });

  itRunsPods('stops at the partition of a StatefulSet', async () => {
    const of = await bench.create('StatefulSet', 'partitioned', {
      spec: {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 1 },
        },
      },
    });
    await bench.healthy(of);
    expect(last(await bench.follow(bench.change(of)))).toMatchObject({
      phase: 'complete',
      reason: { code: 'partition' },
      updatedReplicas: 1,
    });
  });

  itRunsPods('fails with evidence when the image is missing', async () => {
    const of = await bench.create('Deployment', 'missing');
    await bench.healthy(of);
    const wanted = bench.change(of, { image: bench.cluster.images.missing });
    const end = last(await bench.follow(wanted));
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'image-not-found', params: { container: 'web' } },
      readyReplicas: 2,
    });
    expect(end.evidence?.pullMessages.join()).toContain('not found');
    expect(end.evidence?.events.map(({ reason }) => reason)).toContain(
      'Failed',
    );
  });

  itCrashes('fails with the last lines when the image crashes', async () => {
    const of = await bench.create('Deployment', 'crashing');
    await bench.healthy(of);
    const wanted = bench.change(of, { image: bench.cluster.images.crashing });
    const end = last(await bench.follow(wanted));
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'crash-looping' },
    });
    const logs = end.evidence?.logs ?? [];
    expect(logs.some(({ previous }) => previous)).toBe(true);
    expect(logs.every(({ container }) => container === 'web')).toBe(true);
    const events = await bench.driver.events(of);
    expect(events.map(({ reason }) => reason)).toContain('BackOff');
  });

  itRunsPods('says that no node fits', async () => {
    const of = await bench.create('Deployment', 'homeless', {
      pod: { nodeSelector: { 'portal.test/none': 'none' } },
    });
    const { health, reason } = await bench.until(
      of,
      found => found.health === 'Degraded',
    );
    expect(health).toBe('Degraded');
    expect(reason).toContain('Unschedulable');
  });

  (['Deployment', 'StatefulSet'] as const).forEach(kind => {
    itRunsPods(`says why pods of a ${kind} are refused`, async () => {
      const namespace = await bench.cluster.createNamespace(
        `${bench.cluster.namespace}-${kind.toLowerCase()}`,
      );
      await bench.cluster.apply(
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'none' },
          spec: { hard: { pods: '0' } },
        },
        'admin',
        namespace,
      );
      await bench.cluster.apply(
        manifestOf(kind, 'refused', bench.cluster.images),
        'helm',
        namespace,
      );
      const wanted = bench.change({
        ...bench.target(kind, 'refused'),
        namespace,
      });
      const { generation, uid } = await bench.driver.apply(wanted);
      const observations = bench.driver.observe(
        { ...wanted, generation, uid },
        AbortSignal.timeout(bench.cluster.patienceMs),
      );
      for await (const { reason } of observations) {
        if (reason?.code === 'pods-refused') {
          // Or its status is unknown yet, in the first moment.
          expect(reason.message).toContain('quota');
          break;
        }
      }
    });
  });

  itRunsPods('ends when the workload is deleted', async () => {
    const of = await bench.create('Deployment', 'deleted');
    await bench.healthy(of);
    const wanted = bench.change(of, { image: bench.cluster.images.missing });
    const { generation, uid } = await bench.driver.apply(wanted);
    const seen = collect(
      bench.driver.observe(
        { ...wanted, generation, uid },
        AbortSignal.timeout(bench.cluster.patienceMs),
      ),
    );
    await bench.cluster.remove('Deployment', 'apps/v1', 'deleted');
    expect(last(await seen)).toMatchObject({
      phase: 'gone',
      reason: { code: 'workload-deleted' },
    });
  });
});
