import { ContainerState, PodObject } from '../workloads/objects';
import { judgeTestPod } from './judgeTestPod';

function pod(
  state: ContainerState | undefined,
  change: { nodeName?: string; status?: object; imageID?: string } = {},
): PodObject {
  const { nodeName = 'node-1', status, imageID } = change;
  return {
    metadata: { name: 'p', namespace: 'n', uid: 'u', resourceVersion: '1' },
    // The node is no part of what is read of other pods.
    spec: { nodeName } as PodObject['spec'],
    status: {
      phase: 'Pending',
      containerStatuses: state && [{ name: 'pull', state, imageID }],
      ...status,
    },
  };
}

const pulling = (message: string) => ({
  waiting: { reason: 'ErrImagePull', message },
});

describe('judgeTestPod', () => {
  it.each<[string, PodObject, object]>([
    ['no node yet', pod(undefined, { nodeName: '' }), { phase: 'creating' }],
    [
      'no node fits',
      pod(undefined, {
        nodeName: '',
        status: {
          conditions: [
            { type: 'PodScheduled', status: 'False', message: '0/2 nodes' },
          ],
        },
      }),
      {
        phase: 'retrying',
        words: '0/2 nodes',
        reason: { code: 'unschedulable' },
      },
    ],
    ['a node', pod(undefined), { phase: 'scheduled', node: 'node-1' }],
    [
      'the container is made',
      pod({ waiting: { reason: 'ContainerCreating' } }),
      { phase: 'pulling' },
    ],
    [
      'Harbor scans',
      pod(pulling('unexpected status: 412 Precondition Failed')),
      { phase: 'retrying', reason: { code: 'registry-refuses-for-now' } },
    ],
    [
      'Docker Hub limits',
      pod(pulling('429 Too Many Requests - toomanyrequests')),
      { phase: 'retrying', reason: { code: 'registry-refuses-for-now' } },
    ],
    [
      'no login',
      pod(pulling('401 Unauthorized')),
      {
        phase: 'failed',
        words: '401 Unauthorized',
        reason: { code: 'image-pull-denied' },
      },
    ],
    [
      'an unknown authority',
      pod(pulling('x509: certificate signed by unknown authority')),
      { phase: 'failed', reason: { code: 'registry-unreachable' } },
    ],
    [
      'nothing to run',
      pod({ terminated: { reason: 'StartError', exitCode: 128 } }),
      { phase: 'pulled' },
    ],
    [
      'a user that may not run',
      pod({ waiting: { reason: 'CreateContainerConfigError' } }),
      { phase: 'pulled' },
    ],
    [
      'the kubelet gave up',
      pod(undefined, {
        status: { phase: 'Failed', reason: 'DeadlineExceeded' },
      }),
      { phase: 'failed', reason: { code: 'test-pod-failed' } },
    ],
  ])('%s', (_, given, expected) => {
    expect(judgeTestPod(given)).toMatchObject(expected);
  });
});
