import {
  Condition,
  ContainerStatus,
  Pod,
  PodStatus,
  timestamp,
} from '../objects';

/** What a kubelet knows of a pod beyond the pod itself. */
export interface PodFacts {
  isSandboxReady: boolean;
  podIP?: string;
  hostIP: string;
  containers: ContainerStatus[];
  initContainers: ContainerStatus[];
  startTime: string;
}

/** The status that a kubelet reports for a pod. */
export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const phase = phaseOf(pod, facts);
  const generation = pod.metadata.generation;
  const isInitialized = facts.initContainers.every(
    container => container.state.terminated?.exitCode === 0,
  );
  const unready = facts.containers
    .filter(container => !container.ready)
    .map(container => container.name);
  const readiness = readinessOf(phase, unready);
  const wished: Array<
    Pick<Condition, 'type' | 'status' | 'reason' | 'message'>
  > = [
    {
      type: 'PodReadyToStartContainers',
      status: facts.isSandboxReady ? 'True' : 'False',
    },
    isInitialized
      ? { type: 'Initialized', status: 'True' }
      : {
          type: 'Initialized',
          status: 'False',
          reason: 'ContainersNotInitialized',
          message: `containers with incomplete status: [${facts.initContainers
            .filter(({ state }) => state.terminated?.exitCode !== 0)
            .map(({ name }) => name)
            .join(' ')}]`,
        },
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
    { type: 'PodScheduled', status: 'True' },
  ];
  return {
    observedGeneration: generation,
    phase,
    conditions: wished.map(condition => ({
      type: condition.type,
      observedGeneration: generation,
      status: condition.status,
      lastProbeTime: null,
      lastTransitionTime: transitionTime(pod, condition),
      ...(condition.reason && { reason: condition.reason }),
      ...(condition.message && { message: condition.message }),
    })),
    hostIP: facts.hostIP,
    hostIPs: [{ ip: facts.hostIP }],
    ...(facts.podIP && {
      podIP: facts.podIP,
      podIPs: [{ ip: facts.podIP }],
    }),
    startTime: facts.startTime,
    ...(facts.initContainers.length > 0 && {
      initContainerStatuses: facts.initContainers,
    }),
    containerStatuses: facts.containers,
    qosClass: pod.status.qosClass,
  };
}

function phaseOf(pod: Pod, facts: PodFacts): NonNullable<PodStatus['phase']> {
  const { containers } = facts;
  const restarts = pod.spec.restartPolicy ?? 'Always';
  const isStopping = pod.metadata.deletionTimestamp !== undefined;
  const ended = containers.map(({ state }) => state.terminated);
  const allEnded = ended.every(Boolean);
  const allWell = ended.every(state => state?.exitCode === 0);
  if (allEnded && (isStopping || restarts === 'Never' || allWell)) {
    if (isStopping || restarts !== 'Always') {
      return allWell ? 'Succeeded' : 'Failed';
    }
  }
  const hasStarted = containers.some(
    ({ state, lastState }) =>
      state.running ?? state.terminated ?? lastState.terminated,
  );
  return hasStarted ? 'Running' : 'Pending';
}

function readinessOf(
  phase: PodStatus['phase'],
  unready: string[],
): Pick<Condition, 'status' | 'reason' | 'message'> {
  if (phase === 'Failed' || phase === 'Succeeded') {
    const reason = phase === 'Failed' ? 'PodFailed' : 'PodCompleted';
    return { status: 'False', reason };
  }
  return unready.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready.join(' ')}]`,
      };
}

function transitionTime(
  pod: Pod,
  next: Pick<Condition, 'type' | 'status'>,
): string {
  const known = pod.status.conditions?.find(({ type }) => type === next.type);
  return known?.status === next.status && known.lastTransitionTime
    ? known.lastTransitionTime
    : timestamp();
}
