import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { readFixture, replay } from '../testing/replay';
import { PodObject, WorkloadObject } from '../workloads/objects';
import { deployment } from '../workloads/deployment';
import { cronJob } from '../workloads/cronJob';
import { RolloutJudge } from './RolloutJudge';

const REGISTRY = '127.0.0.1:5000';

function target(kind: TargetRef['kind'], name: string): TargetRef {
  return {
    cluster: 'real',
    namespace: 'default',
    kind,
    name,
    container: 'web',
  };
}

describe('a rollout as recorded on a real cluster', () => {
  it('succeeds only after the old pods are gone and the new ones settled', () => {
    const seen = replay('rollout-success', {
      target: target('Deployment', 'web'),
      image: `${REGISTRY}/web:v2`,
      generation: 2,
    });
    const codes = [...new Set(seen.map(({ reason }) => reason?.code))];
    expect(codes).toEqual([
      'not-taken-up',
      'replicas-updating',
      'old-replicas-left',
      'settling',
      undefined,
    ]);
    const end = seen[seen.length - 1];
    expect(end).toMatchObject({
      phase: 'complete',
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
    });
    // The Deployment was complete at 2085 ms.
    expect(end.t).toBeGreaterThanOrEqual(4085);
    const current = end.pods.filter(pod => pod.current);
    expect(current).toHaveLength(3);
    expect(current.every(pod => pod.ready && pod.digest)).toBe(true);
  });

  it('does not believe the old status that comes with the new generation', () => {
    const [first] = replay('rollout-success', {
      target: target('Deployment', 'web'),
      image: `${REGISTRY}/web:v2`,
      generation: 2,
    });
    expect(first).toMatchObject({
      phase: 'progressing',
      reason: { code: 'not-taken-up' },
      updatedReplicas: 3,
    });
  });

  it('fails at the second sight of an image that does not exist', () => {
    const seen = replay('image-missing', {
      target: target('Deployment', 'web'),
      image: `${REGISTRY}/web:doesnotexist`,
      generation: 2,
    });
    const sightings = seen.filter(
      ({ reason }) => reason?.code === 'image-not-found',
    );
    expect(sightings[0].phase).toBe('progressing');
    const end = seen[seen.length - 1];
    expect(end.phase).toBe('failed');
    expect(end.reason?.message).toContain('web:doesnotexist: not found');
    // Long before the progress deadline of 15 s.
    expect(end.t).toBeLessThan(15_000);
  });

  it('tells the crash when the progress deadline is over', () => {
    const seen = replay('crash-loop', {
      target: target('Deployment', 'web'),
      image: `${REGISTRY}/web:crash`,
      generation: 2,
    });
    const end = seen[seen.length - 1];
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'crash-looping' },
    });
    expect(end.reason?.message).toContain('no progress within its deadline');
    expect(end.reason?.message).toContain('exit code 3');
    expect(
      seen.slice(0, -1).every(({ phase }) => phase === 'progressing'),
    ).toBe(true);
  });

  it('is not taken in by a crashing image without a readiness probe', () => {
    const seen = replay('crash-without-probe', {
      target: target('Deployment', 'web'),
      image: `${REGISTRY}/web:crash`,
      generation: 2,
    });
    expect(seen.some(({ reason }) => reason?.code === 'settling')).toBe(true);
    expect(seen.every(({ phase }) => phase === 'progressing')).toBe(true);
    expect(seen[seen.length - 1].reason?.code).toBe('replicas-not-ready');
  });

  it('would have been taken in without the settle time', () => {
    const seen = replay(
      'crash-without-probe',
      {
        target: target('Deployment', 'web'),
        image: `${REGISTRY}/web:crash`,
        generation: 2,
      },
      0,
    );
    expect(seen[seen.length - 1].phase).toBe('complete');
  });

  it.each([
    ['db', undefined],
    ['od', 'on-delete'],
    ['part', 'partition'],
  ])('completes StatefulSet %s with reason %s', (name, code) => {
    const seen = replay('stateful-sets', {
      target: target('StatefulSet', name),
      image: `${REGISTRY}/web:v2`,
      generation: 2,
    });
    const end = seen[seen.length - 1];
    expect(end.phase).toBe('complete');
    expect(end.reason?.code).toBe(code);
  });

  it('completes a DaemonSet when every node runs the new image', () => {
    const seen = replay('daemon-set', {
      target: target('DaemonSet', 'agent'),
      image: `${REGISTRY}/web:v2`,
      generation: 2,
    });
    expect(seen.map(({ phase }) => phase)).toEqual([
      'progressing',
      'progressing',
      'progressing',
      'progressing',
      'complete',
    ]);
  });

  it('says that a paused Deployment waits to be resumed', () => {
    const seen = replay('deployment-paused', {
      target: target('Deployment', 'paused'),
      image: `${REGISTRY}/web:v2`,
      generation: 2,
    });
    expect(seen.some(({ reason }) => reason?.code === 'paused')).toBe(true);
    expect(seen[seen.length - 1].phase).toBe('complete');
  });
});

describe('what ends a rollout otherwise', () => {
  const { workloads } = readFixture<{
    workloads: Array<{ object: WorkloadObject }>;
  }>('workloads');
  const find = (kind: string, name: string): WorkloadObject => {
    const found = workloads.find(
      ({ object }) => object.kind === kind && object.metadata.name === name,
    );
    if (!found) {
      throw new Error(`No ${kind} ${name} was recorded`);
    }
    return found.object;
  };
  const web = find('Deployment', 'web');
  const watch = {
    target: target('Deployment', 'web'),
    image: `${REGISTRY}/web:v1`,
    generation: web.metadata.generation,
    uid: web.metadata.uid,
  };
  const judge = (change: Partial<typeof watch> = {}): RolloutJudge =>
    new RolloutJudge(deployment, { ...watch, ...change }, 0);

  it('is gone when the workload does not exist', () => {
    const { observation } = judge().look({ pods: [] }, 0);
    expect(observation.phase).toBe('gone');
  });

  it('is gone when another workload has its name', () => {
    const { observation } = judge({ uid: 'other' }).look(
      { workload: web, pods: [] },
      0,
    );
    expect(observation.phase).toBe('gone');
  });

  it('is replaced when the image is not ours any more', () => {
    const { observation } = judge({ image: `${REGISTRY}/web:v9` }).look(
      { workload: web, pods: [] },
      0,
    );
    expect(observation).toMatchObject({
      phase: 'replaced',
      reason: { params: { image: `${REGISTRY}/web:v1` } },
    });
  });

  it('is gone when its container has another name', () => {
    const renamed = { ...watch.target, container: 'renamed' };
    const { observation } = new RolloutJudge(
      deployment,
      { ...watch, target: renamed },
      0,
    ).look({ workload: web, pods: [] }, 0);
    expect(observation).toMatchObject({
      phase: 'gone',
      reason: { code: 'container-gone', params: { container: 'renamed' } },
    });
  });

  it('is gone when another container of the change is', () => {
    const others = [{ container: 'proxy', image: `${REGISTRY}/proxy:v2` }];
    const { observation } = new RolloutJudge(
      deployment,
      { ...watch, others },
      0,
    ).look({ workload: web, pods: [] }, 0);
    expect(observation).toMatchObject({
      phase: 'gone',
      reason: { params: { container: 'proxy' } },
    });
  });

  it('waits for a watch that lags behind the write', () => {
    const generation = (web.metadata.generation ?? 0) + 1;
    const { observation } = judge({
      generation,
      image: `${REGISTRY}/web:v9`,
    }).look({ workload: web, pods: [] }, 0);
    expect(observation.phase).toBe('progressing');
  });

  it('goes on while the cluster does not answer', () => {
    const trouble = new DriverError('cluster-unreachable', 'No answer.');
    const { observation } = judge().look({ pods: [], trouble }, 0);
    expect(observation).toMatchObject({
      phase: 'progressing',
      reason: { code: 'cluster-unreachable', message: 'No answer.' },
    });
  });

  it('counts the settle time anew after an outage', () => {
    const trouble = new DriverError('cluster-unreachable', 'No answer.');
    const patient = new RolloutJudge(deployment, watch, 2_000);
    const well = { workload: web, pods: [] };
    expect(patient.look(well, 0).lookAgainInMs).toBe(2_000);
    patient.look({ ...well, trouble }, 1_000);
    expect(patient.look(well, 2_500).observation.phase).toBe('progressing');
    expect(patient.look(well, 4_500).observation.phase).toBe('complete');
  });

  it('remembers why a registry refuses while the kubelet only backs off', () => {
    const late: WorkloadObject = {
      ...web,
      status: {
        ...web.status,
        updatedReplicas: 0,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
          },
        ],
      },
    };
    const pod = (reason: string, message: string): PodObject => ({
      metadata: {
        name: 'web-1',
        namespace: 'default',
        uid: 'u1',
        resourceVersion: reason,
      },
      spec: { containers: [{ name: 'web', image: watch.image }] },
      status: {
        phase: 'Pending',
        containerStatuses: [
          { name: 'web', state: { waiting: { reason, message } } },
        ],
      },
    });
    const patient = judge();
    const own = new RolloutJudge(
      deployment,
      { ...watch, ownDeadline: true },
      0,
    );
    const lookAt = (by: RolloutJudge, now: number, pods: PodObject[] = []) =>
      by.look({ workload: late, pods }, now).observation;
    lookAt(own, 0);
    expect(lookAt(own, 5000)).toMatchObject({
      phase: 'progressing',
      reason: { code: 'progress-deadline-exceeded' },
    });
    lookAt(patient, 0);
    const look = (reason: string, message: string) =>
      lookAt(patient, 5000, [pod(reason, message)]);
    const backOff = () => look('ImagePullBackOff', 'Back-off pulling image');
    expect(backOff().phase).toBe('failed');
    expect(look('ErrImagePull', '429 Too Many Requests')).toMatchObject({
      phase: 'progressing',
      reason: { code: 'registry-refuses-for-now' },
    });
    expect(backOff()).toMatchObject({
      phase: 'progressing',
      reason: { code: 'registry-refuses-for-now' },
    });
    expect(look('ErrImagePull', 'pull access denied').phase).toBe('failed');
    expect(backOff().phase).toBe('failed');
  });

  it('does not believe at once a deadline that was exceeded before', () => {
    const standing = (overdue: boolean): WorkloadObject => ({
      ...web,
      status: {
        ...web.status,
        observedGeneration: web.metadata.generation,
        replicas: 4,
        updatedReplicas: 1,
        conditions: [
          {
            type: 'Progressing',
            status: overdue ? 'False' : 'True',
            reason: overdue ? 'ProgressDeadlineExceeded' : 'ReplicaSetUpdated',
          },
        ],
      },
    });
    const phaseAt = (by: RolloutJudge, now: number, overdue: boolean) =>
      by.look({ workload: standing(overdue), pods: [] }, now);

    const returning = judge();
    expect(phaseAt(returning, 1000, true)).toMatchObject({
      observation: { phase: 'progressing' },
      lookAgainInMs: 5000,
    });
    expect(phaseAt(returning, 3000, false).observation.phase).toBe(
      'progressing',
    );
    expect(phaseAt(returning, 4000, true).observation.phase).toBe('failed');

    const stuck = judge();
    phaseAt(stuck, 1000, true);
    expect(phaseAt(stuck, 6000, true).observation.phase).toBe('failed');
  });

  it('does not wait for pods that were evicted', () => {
    const pod = (name: string, status: PodObject['status']): PodObject => ({
      metadata: { name, namespace: 'default', uid: name, resourceVersion: '1' },
      spec: { containers: [{ name: 'web', image: watch.image }] },
      status,
    });
    const ready = pod('web-1', {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    });
    const evicted = pod('web-2', { phase: 'Failed', reason: 'Evicted' });
    const shutDown = pod('web-3', { phase: 'Succeeded' });
    const pods = [evicted, ready, shutDown];
    const patient = new RolloutJudge(deployment, watch, 2_000);
    patient.look({ workload: web, pods }, 0);
    expect(
      patient.look({ workload: web, pods }, 2_000).observation,
    ).toMatchObject({
      phase: 'complete',
      pods: expect.arrayContaining([
        expect.objectContaining({ name: 'web-2', reason: 'Evicted' }),
      ]),
    });
    const missing: WorkloadObject = {
      ...web,
      status: { ...web.status, readyReplicas: 0 },
    };
    expect(
      judge().look({ workload: missing, pods: [evicted] }, 0).observation,
    ).toMatchObject({ phase: 'progressing', reason: { code: 'evicted' } });
  });

  it('takes the same digest by the name of a mirror for what was written', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const named = (image: string): WorkloadObject => {
      const mirrored = structuredClone(web);
      const [container] = mirrored.spec.template?.spec?.containers ?? [];
      container.image = image;
      return mirrored;
    };
    const look = (image: string) =>
      judge({ image: `registry.example/web:v1@${digest}` }).look(
        { workload: named(image), pods: [] },
        0,
      ).observation.phase;
    expect(look(`mirror.example/hub/web@${digest}`)).toBe('complete');
    expect(look(`registry.example/web:v1`)).toBe('replaced');
  });

  it('is stopped when the Deployment is scaled to zero', () => {
    const zero = find('Deployment', 'zero');
    const container = zero.spec.template?.spec?.containers?.[0];
    const { observation } = new RolloutJudge(
      deployment,
      {
        target: {
          ...target('Deployment', 'zero'),
          container: container?.name ?? '',
        },
        image: container?.image ?? '',
      },
      0,
    ).look({ workload: zero, pods: [] }, 0);
    expect(observation).toMatchObject({
      phase: 'stopped',
      reason: { code: 'scaled-to-zero' },
    });
  });

  it('is complete at once for a CronJob, stopped when it is suspended', () => {
    const report = find('CronJob', 'report');
    const container =
      report.spec.jobTemplate?.spec?.template?.spec?.containers?.[0];
    const look = (workload: WorkloadObject) =>
      new RolloutJudge(
        cronJob,
        {
          target: {
            ...target('CronJob', 'report'),
            container: container?.name ?? '',
          },
          image: container?.image ?? '',
        },
        2_000,
      ).look({ workload, pods: [] }, 0).observation;
    expect(look(report)).toMatchObject({
      phase: 'complete',
      reason: { code: 'next-run' },
    });
    const suspended = { ...report, spec: { ...report.spec, suspend: true } };
    expect(look(suspended).phase).toBe('stopped');
  });
});
