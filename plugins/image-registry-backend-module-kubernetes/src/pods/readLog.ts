import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { PodObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import { readWorkload } from '../workloads/readWorkload';

/** Lines of a log that nobody asked a number for. */
const DEFAULT_TAIL_LINES = 200;

/** Bytes of a log at most: one line may be very long. */
const LIMIT_BYTES = 1024 * 1024;

/** Which part of a log to read. */
export interface LogOptions {
  tailLines?: number;
  /** Of the container before its last restart. */
  previous?: boolean;
  signal?: AbortSignal;
}

/**
 * The last lines of a container's log; empty when it wrote nothing yet.
 * @throws DriverError `not-found` when the pod is not one of the target's, so
 * that the target's permissions cannot open another pod's log
 */
export async function readLog(
  client: ClusterClient,
  target: TargetRef,
  pod: string,
  { tailLines = DEFAULT_TAIL_LINES, previous, signal }: LogOptions,
): Promise<string> {
  const { type, workload } = await readWorkload(client, target, signal);
  const path = `${collectionPath(
    'v1',
    'pods',
    target.namespace,
  )}/${encodeURIComponent(pod)}`;
  const found = await client.json<PodObject>({ path, signal });
  if (!type.ownsPod(workload, found)) {
    throw new DriverError(
      'not-found',
      `Pod ${pod} does not belong to ${target.kind} ${target.namespace}/${target.name}.`,
    );
  }
  return tailOf(client, found, {
    container: target.container,
    tailLines,
    previous,
    signal,
  });
}

/** The last lines of one container of a pod, whoever it belongs to. */
export function tailOf(
  client: ClusterClient,
  { metadata: { namespace, name } }: PodObject,
  {
    container,
    tailLines = DEFAULT_TAIL_LINES,
    previous,
    signal,
  }: LogOptions & { container: string },
): Promise<string> {
  const pods = collectionPath('v1', 'pods', namespace);
  return client.text({
    path: `${pods}/${encodeURIComponent(name)}/log`,
    query: {
      container,
      tailLines,
      limitBytes: LIMIT_BYTES,
      previous: previous || undefined,
    },
    signal,
  });
}
