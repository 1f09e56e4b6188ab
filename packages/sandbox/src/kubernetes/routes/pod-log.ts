import { logOf } from '../kubelet/logs';
import { ContainerStatus, Pod } from '../objects';
import { badRequest, invalid, notFound } from '../status';
import { Answer, ResourceRequest, isOn } from './request';

/** GET of a pod's log (recorded: 10, 12). `follow` ends with what is there. */
export function podLog(request: ResourceRequest): Answer {
  const { cluster, resource, namespace, name = '', query } = request;
  const tail = query.get('tailLines');
  if (tail !== null && Number(tail) < 0) {
    throw invalid({ group: '', kind: 'PodLogOptions', name }, [
      {
        field: 'tailLines',
        type: 'Invalid',
        message: `Invalid value: ${tail}: must be greater than or equal to 0`,
      },
    ]);
  }
  const pod = cluster.store.get<Pod>(resource, namespace, name);
  if (!pod) {
    throw notFound(resource, name);
  }
  const container = chooseContainer(pod, query.get('container'));
  if (!pod.spec.nodeName) {
    return { status: 204 };
  }
  const isPrevious = isOn(query, 'previous');
  const status = [
    ...(pod.status.initContainerStatuses ?? []),
    ...(pod.status.containerStatuses ?? []),
  ].find(known => known.name === container);
  assertHasLog(name, container, status, isPrevious);
  const lines = logOf(pod, status, isPrevious);
  const shown = tail === null ? lines : lastOf(lines, Number(tail));
  const text = shown
    .map(line =>
      isOn(query, 'timestamps')
        ? `${line.time} ${line.text}\n`
        : `${line.text}\n`,
    )
    .join('');
  const limit = query.get('limitBytes');
  return {
    status: 200,
    body:
      limit === null
        ? text
        : Buffer.from(text).subarray(0, Number(limit)).toString(),
  };
}

function lastOf<T>(items: T[], count: number): T[] {
  return count === 0 ? [] : items.slice(-count);
}

function chooseContainer(pod: Pod, asked: string | null): string {
  const names = [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []),
  ].map(({ name }) => name);
  if (asked !== null) {
    if (!names.includes(asked)) {
      throw badRequest(
        `container ${asked} is not valid for pod ${pod.metadata.name}`,
      );
    }
    return asked;
  }
  if (names.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${
        pod.metadata.name
      }, choose one of: [${names.join(' ')}]`,
    );
  }
  return names[0];
}

function assertHasLog(
  pod: string,
  container: string,
  status: ContainerStatus | undefined,
  isPrevious: boolean,
): asserts status is ContainerStatus {
  if (isPrevious) {
    if (!status?.lastState.terminated) {
      throw badRequest(
        `previous terminated container "${container}" in pod "${pod}" not found`,
      );
    }
    return;
  }
  const waiting = status
    ? status.state.waiting
    : { reason: 'ContainerCreating' };
  if (waiting && !status?.lastState.terminated) {
    const { reason } = waiting;
    const isPull = ['ErrImagePull', 'ImagePullBackOff'].includes(reason);
    throw badRequest(
      `container "${container}" in pod "${pod}" is waiting to start: ${
        isPull ? 'trying and failing to pull image' : reason
      }`,
    );
  }
}
