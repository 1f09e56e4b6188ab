import { PodObject, WorkloadObject } from '../workloads/objects';
import { cronJob } from '../workloads/cronJob';
import { daemonSet } from '../workloads/daemonSet';
import { deployment } from '../workloads/deployment';
import { statefulSet } from '../workloads/statefulSet';
import { workloadHealth } from './workloadHealth';

const byHand = { updateStrategy: { type: 'OnDelete' } };

function workload(
  spec: Partial<WorkloadObject['spec']>,
  status: WorkloadObject['status'],
): WorkloadObject {
  return {
    metadata: { name: 'web', namespace: 'shop', uid: 'u', generation: 2 },
    spec,
    status: { observedGeneration: 2, ...status },
  } as WorkloadObject;
}

describe('workloadHealth', () => {
  it('waits for the pods that a StatefulSet with OnDelete still lacks', () => {
    const set = (readyReplicas: number) =>
      workload(
        { ...byHand, replicas: 2 },
        { replicas: readyReplicas, readyReplicas, updatedReplicas: 0 },
      );
    expect(workloadHealth(statefulSet, set(1), [])).toEqual({
      health: 'Progressing',
      reason: '1 of 2 pods are ready.',
      because: expect.objectContaining({ code: 'replicas-not-ready' }),
    });
    expect(workloadHealth(statefulSet, set(2), [])).toMatchObject({
      health: 'Healthy',
      reason: expect.stringContaining('OnDelete'),
    });
  });

  it('waits for the pods that a DaemonSet with OnDelete still lacks', () => {
    const set = (numberAvailable: number) =>
      workload(byHand, {
        desiredNumberScheduled: 2,
        updatedNumberScheduled: 0,
        numberReady: 2,
        numberAvailable,
      });
    expect(workloadHealth(daemonSet, set(0), []).health).toBe('Progressing');
    expect(workloadHealth(daemonSet, set(2), []).health).toBe('Healthy');
  });

  it('does not blame a Deployment for pods that were evicted before', () => {
    const web = workload(
      { replicas: 1 },
      {
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
      },
    );
    const evicted: PodObject = {
      metadata: { ...web.metadata, name: 'web-1' },
      spec: {},
      status: { phase: 'Failed', reason: 'Evicted' },
    };
    expect(workloadHealth(deployment, web, [evicted]).health).toBe('Healthy');
  });

  it('asks no ready pods of a CronJob', () => {
    const job = workload({ schedule: '0 3 * * *' }, {});
    expect(workloadHealth(cronJob, job, []).health).toBe('Healthy');
  });
});
