import { TestPullStep } from '@slipway/backstage-plugin-image-registry-common';
import { pullFailure } from '../health/pullFailure';
import { PodObject } from '../workloads/objects';

/** Where a test pull stands, beside the time. */
export type TestPullState = Omit<TestPullStep, 'at'>;

/** What the pod's status says about the image, in the kubelet's own words. */
export function judgeTestPod({ spec, status }: PodObject): TestPullState {
  const node = (spec as { nodeName?: string }).nodeName;
  const container = status?.containerStatuses?.[0];
  const waiting = container?.state?.waiting;
  const failure = waiting && pullFailure(waiting);
  if (failure) {
    return {
      phase: failure.passing ? 'retrying' : 'failed',
      node,
      words: waiting.message,
      reason: failure.reason,
    };
  }
  const isStarted = container?.state?.running ?? container?.state?.terminated;
  if (container?.imageID || isStarted || isBeyondPull(waiting?.reason)) {
    return { phase: 'pulled', node, words: container?.imageID || undefined };
  }
  if (status?.phase === 'Failed') {
    const words = status.message ?? status.reason ?? '';
    return {
      phase: 'failed',
      node,
      words,
      reason: {
        code: 'test-pod-failed',
        message: `The test pod ended before its image was there: ${words}`,
        params: { detail: words },
      },
    };
  }
  if (node) {
    return {
      phase: waiting?.reason === 'ContainerCreating' ? 'pulling' : 'scheduled',
      node,
    };
  }
  return unscheduled(status);
}

/** The container's next step fails, as it is meant to. */
function isBeyondPull(reason: string | undefined): boolean {
  return (
    reason === 'CreateContainerConfigError' ||
    reason === 'CreateContainerError' ||
    reason === 'RunContainerError' ||
    reason === 'StartError'
  );
}

function unscheduled(status: PodObject['status']): TestPullState {
  const refused = status?.conditions?.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  );
  return refused
    ? {
        phase: 'retrying',
        words: refused.message,
        reason: {
          code: 'unschedulable',
          message: `No node takes the test pod: ${refused.message ?? ''}`,
          params: { pod: 'pull', detail: refused.message ?? '' },
        },
      }
    : { phase: 'creating' };
}
