import {
  TargetRef,
  WorkloadKind,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageChange,
  RolloutObservation,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { collect } from '../testing/sandboxCluster';
import { WorkloadObject } from '../workloads/objects';
import { BehaviourCluster } from './BehaviourCluster';
import { COMPONENT, ManifestOptions, manifestOf } from './manifests';
import { abilities, openBehaviourCluster } from './openBehaviourCluster';

jest.setTimeout(240_000);

/** Names what a cluster lacks that cannot show a behaviour. */
function needing(ability: keyof typeof abilities, lacking: string) {
  return (name: string, test: () => Promise<void>) =>
    abilities[ability]
      ? it(name, test)
      : it.skip(`${name} (skipped: ${lacking})`, test);
}
const itRunsPods = needing('runsPods', 'no kubelet is ready here');
const itRollsOut = needing('rollouts', 'Argo Rollouts is not installed here');
const itCrashes = needing('crashing', 'no crashing image was given');

describe('the Kubernetes driver on any cluster', () => {
  let cluster: BehaviourCluster;
  let driver: KubernetesDeployDriver;
  let sequence = 0;

  beforeAll(async () => {
    cluster = await openBehaviourCluster();
    driver = KubernetesDeployDriver.create({
      sources: [cluster.source],
      settleMs: cluster.settleMs,
    });
  });

  afterAll(async () => {
    await driver.close();
    await cluster.close();
  });

  const target = (
    kind: WorkloadKind,
    name: string,
    container: string = 'web',
  ): TargetRef => ({
    cluster: 'behaviour',
    namespace: cluster.namespace,
    kind,
    name,
    container,
  });
  const create = async (
    kind: WorkloadKind,
    name: string,
    options?: ManifestOptions,
  ): Promise<TargetRef> => {
    await cluster.apply(manifestOf(kind, name, cluster.images, options));
    return target(kind, name);
  };
  const change = (
    of: TargetRef,
    overrides: Partial<ImageChange> = {},
  ): ImageChange => ({
    target: of,
    image: cluster.images.second,
    sequence: (sequence += 1),
    force: true,
    ...overrides,
  });
  const until = async (
    of: TargetRef,
    what: (found: WorkloadTarget) => boolean,
  ): Promise<WorkloadTarget> => {
    const deadline = Date.now() + cluster.patienceMs;
    for (;;) {
      const found = await driver.getTarget(of);
      if (what(found)) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`Not so in time: ${JSON.stringify(found)}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };
  const healthy = (of: TargetRef) =>
    until(of, ({ health }) => health === 'Healthy');
  const follow = async (wanted: ImageChange): Promise<RolloutObservation[]> => {
    const { generation, uid } = await driver.apply(wanted);
    return collect(
      driver.observe(
        { ...wanted, generation, uid },
        AbortSignal.timeout(cluster.patienceMs),
      ),
    );
  };
  const last = (seen: RolloutObservation[]) => seen[seen.length - 1];
  const stored = (kind: WorkloadKind, apiVersion: string, name: string) =>
    cluster.read<WorkloadObject>(kind, apiVersion, name);

  describe('whose image it is', () => {
    it('tells every container, who owns it and who manages the workload', async () => {
      await create('Deployment', 'owners', { sidecar: true, init: true });
      const { targets } = await driver.listTargets({
        kubernetesId: COMPONENT,
        namespace: cluster.namespace,
      });
      const found = targets.filter(({ ref }) => ref.name === 'owners');
      expect(
        found.map(({ ref, init }) => [ref.container, init ?? false]),
      ).toEqual([
        ['web', false],
        ['proxy', false],
        ['migrate', true],
      ]);
      for (const one of found) {
        expect(one).toMatchObject({
          image: cluster.images.first,
          owners: [{ manager: 'helm', operation: 'Apply' }],
          managedBy: { tool: 'helm', name: 'owners' },
        });
      }
    });

    it('previews the change and names the owner in words', async () => {
      const of = await create('Deployment', 'preview');
      const wanted = change(of, { force: false });
      await expect(driver.apply(wanted)).rejects.toMatchObject({
        code: 'field-conflict',
        owners: [{ manager: 'helm' }],
      });
      const path = 'spec.template.spec.containers[name=web].image';
      await expect(driver.diff(wanted)).resolves.toMatchObject({
        changes: [
          { path, from: cluster.images.first, to: cluster.images.second },
        ],
        conflicts: [{ manager: 'helm' }],
        fieldConflicts: [{ path, owner: { title: 'Helm', tool: 'helm' } }],
        managedBy: { tool: 'helm' },
        unchanged: false,
      });
      expect((await driver.getTarget(of)).image).toBe(cluster.images.first);
    });

    it('takes the image alone, and needs no force afterwards', async () => {
      const of = await create('Deployment', 'taken', { sidecar: true });
      await driver.apply(change(of));
      const { owners } = await driver.getTarget(of);
      expect(owners).toMatchObject([{ manager: 'backstage-image-registry' }]);
      const proxy = await driver.getTarget({ ...of, container: 'proxy' });
      expect(proxy.owners).toMatchObject([{ manager: 'helm' }]);
      await driver.apply(
        change(of, { image: cluster.images.missing, force: false }),
      );
    });

    it('changes several containers in one write', async () => {
      const of = await create('Deployment', 'several', {
        sidecar: true,
        init: true,
      });
      const { generation } = await driver.getTarget(of);
      const { second, first } = cluster.images;
      const applied = await driver.apply(
        change(of, {
          others: [
            { container: 'proxy', image: second },
            { container: 'migrate', image: second },
          ],
        }),
      );
      expect(applied).toMatchObject({
        generation: generation + 1,
        previousImage: first,
        previousOthers: [
          { container: 'proxy', image: first },
          { container: 'migrate', image: first },
        ],
      });
      for (const container of ['web', 'proxy', 'migrate']) {
        const found = await driver.getTarget({ ...of, container });
        expect(found).toMatchObject({ image: second });
      }
    });

    it('ends as reverted when GitOps writes the image again', async () => {
      const of = await create('Deployment', 'reverted', {
        spec: { paused: true },
        metadata: {
          labels: { 'argocd.argoproj.io/instance': 'shop' },
        },
      });
      const wanted = change(of);
      const applied = await driver.apply(wanted);
      await cluster.apply(
        manifestOf('Deployment', 'reverted', cluster.images, {
          spec: { paused: true },
        }),
        'argocd-controller',
      );
      const seen = await collect(
        driver.observe(
          { ...wanted, ...applied },
          AbortSignal.timeout(cluster.patienceMs),
        ),
      );
      expect(last(seen)).toMatchObject({
        phase: 'replaced',
        reason: { code: 'image-reverted', params: { tool: 'argo-cd' } },
        replacedBy: { manager: 'argocd-controller', title: 'Argo CD' },
      });
    });
  });

  describe('what guards a write', () => {
    it('does not write what a newer rollout wrote, nor twice', async () => {
      const of = await create('Deployment', 'ordered');
      const older = change(of);
      const newer = change(of);
      const first = await driver.apply(newer);
      expect((await driver.apply(newer)).generation).toBe(first.generation);
      await expect(driver.apply(older)).rejects.toMatchObject({
        code: 'superseded',
      });
    });

    it('does not make what is not there, nor write another of its name', async () => {
      const absent = target('Deployment', 'absent');
      await expect(driver.apply(change(absent))).rejects.toMatchObject({
        code: 'not-found',
      });
      const of = await create('Deployment', 'remade');
      await expect(
        driver.apply(change(of, { uid: 'another' })),
      ).rejects.toMatchObject({ code: 'not-found' });
      await expect(
        driver.getTarget({ ...of, container: 'none' }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });

    it("shows the API server's words for an image that is no image", async () => {
      const of = await create('Deployment', 'refused');
      await expect(
        driver.apply(change(of, { image: '' })),
      ).rejects.toMatchObject({ code: 'invalid', transient: false });
    });
  });

  describe('what people do beside', () => {
    it('stops, remembering the count, and starts again', async () => {
      const of = await create('Deployment', 'stopped', {
        spec: { replicas: 3 },
      });
      expect(await driver.stop(of)).toMatchObject({ replicas: 0 });
      expect(await driver.stop(of)).toMatchObject({ replicas: 0 });
      expect(await driver.start(of)).toMatchObject({ replicas: 3 });
      expect(await driver.scale(of, 1)).toMatchObject({ replicas: 1 });
      await expect(driver.scale(of, -1)).rejects.toMatchObject({
        code: 'invalid',
      });
      // An apply of an image leaves the count alone.
      await driver.apply(change(of));
      expect((await stored('Deployment', 'apps/v1', 'stopped')).spec).toMatchObject(
        { replicas: 1 },
      );
    });

    it('restarts by the annotation that kubectl writes', async () => {
      const of = await create('Deployment', 'restarted');
      const before = await driver.getTarget(of);
      const { generation } = await driver.restart(of);
      expect(generation).toBe(before.generation + 1);
      // And again an apply leaves it alone.
      await driver.apply(change(of));
      const { spec } = await stored('Deployment', 'apps/v1', 'restarted');
      expect(JSON.stringify(spec)).toContain(
        'kubectl.kubernetes.io/restartedAt',
      );
    });

    it('suspends a CronJob, which is then no fault', async () => {
      const of = await create('CronJob', 'suspended');
      expect(last(await follow(change(of)))).toMatchObject({
        phase: 'complete',
        reason: { code: 'next-run' },
      });
      await driver.stop(of);
      expect(await driver.getTarget(of)).toMatchObject({ health: 'Stopped' });
      const again = change(of, { image: cluster.images.first });
      expect(last(await follow(again))).toMatchObject({
        phase: 'stopped',
        reason: { code: 'suspended' },
      });
      await driver.start(of);
      expect(await driver.getTarget(of)).toMatchObject({ health: 'Healthy' });
    });

    it('says what cannot be done to a kind', async () => {
      const daemon = await create('DaemonSet', 'limits', {
        pod: { nodeSelector: { 'portal.test/none': 'none' } },
      });
      const job = await create('CronJob', 'limits');
      await expect(driver.stop(daemon)).rejects.toMatchObject({
        code: 'invalid',
      });
      await expect(driver.restart(job)).rejects.toMatchObject({
        code: 'invalid',
      });
    });
  });

  describe('how a rollout goes', () => {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
      itRunsPods(`rolls a ${kind} out until all pods run it`, async () => {
        const of = await create(kind, 'rolled');
        await healthy(of);
        const end = last(await follow(change(of)));
        expect(end).toMatchObject({
          phase: 'complete',
          updatedReplicas: end.replicas,
          availableReplicas: end.replicas,
        });
        const current = end.pods.filter(pod => pod.current);
        expect(current).toHaveLength(end.replicas);
      });
    }

    itRollsOut('rolls a Rollout of Argo out', async () => {
      const of = await create('Rollout', 'rolled');
      await healthy(of);
      expect(last(await follow(change(of)))).toMatchObject({
        phase: 'complete',
        updatedReplicas: 2,
      });
      const { targets } = await driver.listTargets({
        kubernetesId: COMPONENT,
        namespace: cluster.namespace,
      });
      expect(targets.map(({ ref }) => ref)).toContainEqual(of);
    });

    itRollsOut('writes the Deployment that a Rollout refers to', async () => {
      await create('Deployment', 'base', { spec: { replicas: 0 } });
      const { apiVersion, kind, metadata } = manifestOf(
        'Rollout',
        'referring',
        cluster.images,
      );
      await cluster.apply({
        apiVersion,
        kind,
        metadata,
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'base' } },
          strategy: { canary: {} },
          workloadRef: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'base',
          },
        },
      });
      const of = target('Rollout', 'referring');
      await healthy(of);
      expect(last(await follow(change(of)))).toMatchObject({
        phase: 'complete',
      });
      const base = await driver.getTarget(target('Deployment', 'base'));
      expect(base.image).toBe(cluster.images.second);
      const { targets } = await driver.listTargets({
        kubernetesId: COMPONENT,
        namespace: cluster.namespace,
      });
      expect(targets.map(({ ref }) => ref.name)).not.toContain('base');
    });

    itRunsPods('says that a paused Deployment waits', async () => {
      const of = await create('Deployment', 'paused');
      await healthy(of);
      await cluster.apply(
        manifestOf('Deployment', 'paused', cluster.images, {
          spec: { paused: true },
        }),
      );
      const wanted = change(of);
      const { generation, uid } = await driver.apply(wanted);
      const waiting = new AbortController();
      const observations = driver.observe(
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
      const of = await create('Deployment', 'zero', { spec: { replicas: 0 } });
      expect(last(await follow(change(of)))).toMatchObject({
        phase: 'stopped',
        reason: { code: 'scaled-to-zero' },
      });
    });

    itRunsPods('leaves pods to their owner with OnDelete', async () => {
      const of = await create('StatefulSet', 'by-hand', {
        spec: { updateStrategy: { type: 'OnDelete' } },
      });
      await healthy(of);
      expect(last(await follow(change(of)))).toMatchObject({
        phase: 'complete',
        reason: { code: 'on-delete', params: { updated: '0', desired: '2' } },
      });
    });

    itRunsPods('stops at the partition of a StatefulSet', async () => {
      const of = await create('StatefulSet', 'partitioned', {
        spec: {
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { partition: 1 },
          },
        },
      });
      await healthy(of);
      expect(last(await follow(change(of)))).toMatchObject({
        phase: 'complete',
        reason: { code: 'partition' },
        updatedReplicas: 1,
      });
    });

    itRunsPods('fails with evidence when the image is missing', async () => {
      const of = await create('Deployment', 'missing');
      await healthy(of);
      const wanted = change(of, { image: cluster.images.missing });
      const end = last(await follow(wanted));
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
      const of = await create('Deployment', 'crashing');
      await healthy(of);
      const wanted = change(of, { image: cluster.images.crashing });
      const end = last(await follow(wanted));
      expect(end).toMatchObject({
        phase: 'failed',
        reason: { code: 'crash-looping' },
      });
      const logs = end.evidence?.logs ?? [];
      expect(logs.some(({ previous }) => previous)).toBe(true);
      expect(logs.every(({ container }) => container === 'web')).toBe(true);
      const events = await driver.events(of);
      expect(events.map(({ reason }) => reason)).toContain('BackOff');
    });

    itRunsPods('says that no node fits', async () => {
      const of = await create('Deployment', 'homeless', {
        pod: { nodeSelector: { 'portal.test/none': 'none' } },
      });
      const { health, reason } = await until(
        of,
        found => found.health === 'Degraded',
      );
      expect(health).toBe('Degraded');
      expect(reason).toContain('Unschedulable');
    });

    for (const kind of ['Deployment', 'StatefulSet'] as const) {
      itRunsPods(`says why pods of a ${kind} are refused`, async () => {
        const namespace = await cluster.createNamespace(
          `${cluster.namespace}-${kind.toLowerCase()}`,
        );
        await cluster.apply(
          {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            metadata: { name: 'none' },
            spec: { hard: { pods: '0' } },
          },
          'admin',
          namespace,
        );
        await cluster.apply(
          manifestOf(kind, 'refused', cluster.images),
          'helm',
          namespace,
        );
        const wanted = change({ ...target(kind, 'refused'), namespace });
        const { generation, uid } = await driver.apply(wanted);
        const observations = driver.observe(
          { ...wanted, generation, uid },
          AbortSignal.timeout(cluster.patienceMs),
        );
        for await (const { reason } of observations) {
          if (reason?.code === 'pods-refused') {
            expect(reason.message).toContain('exceeded quota');
            break;
          }
        }
      });
    }

    itRunsPods('ends when the workload is deleted', async () => {
      const of = await create('Deployment', 'deleted');
      await healthy(of);
      const wanted = change(of, { image: cluster.images.missing });
      const { generation, uid } = await driver.apply(wanted);
      const seen = collect(
        driver.observe(
          { ...wanted, generation, uid },
          AbortSignal.timeout(cluster.patienceMs),
        ),
      );
      await cluster.remove('Deployment', 'apps/v1', 'deleted');
      expect(last(await seen)).toMatchObject({
        phase: 'gone',
        reason: { code: 'workload-deleted' },
      });
    });
  });
});
