import { WorkloadObject, WorkloadStatus } from './objects';
import { rollout } from './rollout';

const healthy: WorkloadStatus = {
  // Texts, unlike those of the built-in kinds.
  observedGeneration: '4',
  replicas: 2,
  updatedReplicas: 2,
  readyReplicas: 2,
  availableReplicas: 2,
  phase: 'Healthy',
  stableRS: 'abc',
  currentPodHash: 'abc',
};

function workload(
  status: WorkloadStatus,
  spec: WorkloadObject['spec'] = {},
): WorkloadObject {
  return {
    metadata: {
      name: 'cart',
      namespace: 'shop',
      uid: 'uid-1',
      resourceVersion: '7',
      generation: 4,
    },
    spec: { replicas: 2, ...spec },
    status,
  };
}

describe('where a Rollout of Argo stands', () => {
  it.each<
    [string, WorkloadStatus, WorkloadObject['spec'], string, string | undefined]
  >([
    ['well', healthy, {}, 'complete', undefined],
    [
      'well, while old pods stay for a moment',
      { ...healthy, replicas: 4 },
      {},
      'complete',
      undefined,
    ],
    [
      'calls itself healthy before it is promoted',
      { ...healthy, stableRS: 'old' },
      {},
      'progressing',
      'rollout-promoting',
    ],
    [
      'has new pods to make',
      { ...healthy, phase: 'Progressing', updatedReplicas: 1 },
      {},
      'progressing',
      'replicas-updating',
    ],
    [
      'waits at a step of its canary',
      { ...healthy, phase: 'Paused', message: 'CanaryPauseStep' },
      {},
      'progressing',
      'rollout-paused',
    ],
    [
      'is paused by hand',
      { ...healthy, phase: 'Progressing' },
      { paused: true },
      'progressing',
      'rollout-paused',
    ],
    [
      'is over its deadline',
      { ...healthy, phase: 'Degraded', message: 'ProgressDeadlineExceeded' },
      {},
      'failed',
      'rollout-degraded',
    ],
    [
      'is aborted, whatever else it says',
      { ...healthy, abort: true, message: 'metric "errors" is too high' },
      {},
      'failed',
      'rollout-aborted',
    ],
    ['has no replicas', healthy, { replicas: 0 }, 'stopped', 'scaled-to-zero'],
  ])('%s', (_, status, spec, phase, code) => {
    const standing = rollout.standing(workload(status, spec));
    expect(standing.phase).toBe(phase);
    expect(standing.reason?.code).toBe(code);
  });

  it('is only overdue when its deadline is over', () => {
    const degraded = (message: string) =>
      rollout.standing(workload({ ...healthy, phase: 'Degraded', message }));
    expect(
      degraded('ProgressDeadlineExceeded: ReplicaSet "cart-abc" has timed out')
        .overdue,
    ).toBe(true);
    expect(degraded('InvalidSpec: no such Service').overdue).toBe(false);
  });

  it('is believed only when its controller has seen the specification', () => {
    expect(rollout.observed(workload(healthy))).toBe(true);
    const late = { ...healthy, observedGeneration: '3' };
    expect(rollout.observed(workload(late))).toBe(false);
    expect(rollout.observed(workload({}))).toBe(false);
  });

  it('has a template of its own or that of a Deployment, seen by its own count', () => {
    const template = { spec: { containers: [{ name: 'web', image: 'a:1' }] } };
    const base = workload({}, { template });
    const referring = (workloadObservedGeneration?: string) => ({
      ...workload({ ...healthy, workloadObservedGeneration }),
      referenced: base,
    });
    expect(rollout.podSpec(referring())).toBe(template.spec);
    expect(rollout.podSpec(workload(healthy))).toBeUndefined();
    expect(rollout.observed(referring('4'))).toBe(true);
    expect(rollout.observed(referring('3'))).toBe(false);
    expect(rollout.observed(referring())).toBe(false);
  });
});
