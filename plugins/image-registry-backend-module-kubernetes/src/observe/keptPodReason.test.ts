import { PodObject, WorkloadObject } from '../workloads/objects';
import { deployment } from '../workloads/deployment';
import { statefulSet } from '../workloads/statefulSet';
import { WorkloadType } from '../workloads/WorkloadType';
import { keptPodReason } from './keptPodReason';

function pod(name: string, ready: boolean, deleted?: boolean): PodObject {
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      resourceVersion: '1',
      deletionTimestamp: deleted ? '2026-11-21T12:00:00Z' : undefined,
    },
    spec: { containers: [] },
    status: {
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  } as unknown as PodObject;
}

const workload = (podManagementPolicy?: string) =>
  ({ metadata: {}, spec: { podManagementPolicy } } as WorkloadObject);

describe('keptPodReason', () => {
  it.each<[string, WorkloadType, string | undefined, PodObject[], boolean]>([
    [
      'waits for an old pod that is not ready',
      statefulSet,
      undefined,
      [pod('web-0', true), pod('web-1', false)],
      true,
    ],
    [
      'goes on when the old pods are ready',
      statefulSet,
      'OrderedReady',
      [pod('web-1', true)],
      false,
    ],
    [
      'goes on when the old pod ends',
      statefulSet,
      undefined,
      [pod('web-1', false, true)],
      false,
    ],
    [
      'replaces all pods of a parallel one',
      statefulSet,
      'Parallel',
      [pod('web-1', false)],
      false,
    ],
    [
      'is nothing that a Deployment does',
      deployment,
      undefined,
      [pod('web-1', false)],
      false,
    ],
  ])('%s', (_, type, policy, older, waits) => {
    const reason = keptPodReason(type, workload(policy), older);
    expect(reason?.code).toBe(waits ? 'old-pod-kept' : undefined);
    expect(reason?.params?.pod).toBe(waits ? 'web-1' : undefined);
  });
});
