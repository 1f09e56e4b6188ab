import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ReadWorkload } from '../workloads/readWorkload';
import { Operation } from './operateWorkload';

/** How many replicas a stopped workload had. */
export const REPLICAS_BEFORE_STOP_ANNOTATION =
  'image-registry.backstage.io/replicas-before-stop';

/** More replicas than any workload has are a slip of the hand. */
const MOST_REPLICAS = 1_000;

/**
 * Asks for a number of replicas.
 * @throws DriverError `invalid` for a kind without replicas, or for a number
 * that is none
 */
export function scale(replicas: number): Operation {
  if (!Number.isInteger(replicas) || replicas < 0 || replicas > MOST_REPLICAS) {
    throw new DriverError(
      'invalid',
      `${replicas} is not a number of replicas from 0 to ${MOST_REPLICAS}.`,
    );
  }
  return read => {
    requireReplicas(read);
    return replicasOf(read) === replicas && remembered(read) === undefined
      ? undefined
      : { metadata: remember(undefined), spec: { replicas } };
  };
}

/** No replicas, or no further runs. */
export function stop(): Operation {
  return read => {
    if (read.type.kind === 'CronJob') {
      return read.workload.spec.suspend ? undefined : suspend(true);
    }
    requireReplicas(read);
    const replicas = replicasOf(read);
    return replicas === 0
      ? undefined
      : { metadata: remember(replicas), spec: { replicas: 0 } };
  };
}

/** As many replicas as there were, or further runs. */
export function start(): Operation {
  return read => {
    if (read.type.kind === 'CronJob') {
      return read.workload.spec.suspend ? suspend(false) : undefined;
    }
    requireReplicas(read);
    return replicasOf(read) > 0
      ? undefined
      : {
          metadata: remember(undefined),
          spec: { replicas: remembered(read) ?? 1 },
        };
  };
}

function suspend(suspended: boolean): object {
  return { spec: { suspend: suspended } };
}

function replicasOf({ workload }: ReadWorkload): number {
  return workload.spec.replicas ?? 1;
}

function remembered({ workload }: ReadWorkload): number | undefined {
  const text = workload.metadata.annotations?.[REPLICAS_BEFORE_STOP_ANNOTATION];
  const count = Number(text);
  return text !== undefined && Number.isInteger(count) && count > 0
    ? count
    : undefined;
}

/** `null` removes a field in a merge patch. */
function remember(replicas: number | undefined): object {
  return {
    annotations: {
      [REPLICAS_BEFORE_STOP_ANNOTATION]:
        replicas === undefined ? null : String(replicas),
    },
  };
}

function requireReplicas({ type, workload }: ReadWorkload): void {
  if (type.kind === 'DaemonSet' || type.kind === 'CronJob') {
    const { namespace, name } = workload.metadata;
    throw new DriverError(
      'invalid',
      `${type.kind} ${namespace}/${name} has no number of replicas.`,
    );
  }
}
