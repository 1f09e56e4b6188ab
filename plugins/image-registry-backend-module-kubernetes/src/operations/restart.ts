import { WorkloadKind } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { WorkloadObject } from '../workloads/objects';
import { Operation } from './operateWorkload';

/** As kubectl writes it; controllers replace all pods when it changes. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Replaces all pods of a workload.
 * @throws DriverError `invalid` for a CronJob, whose runs come and go anyway, and
 * where the controller would only take note of it
 */
export function restart(now: Date = new Date()): Operation {
  const at = now.toISOString();
  return ({ type, workload }) => {
    requireEffect(type.kind, workload);
    const { namespace, name } = workload.metadata;
    switch (type.kind) {
      case 'CronJob':
        throw new DriverError(
          'invalid',
          `CronJob ${namespace}/${name} cannot be restarted: each run starts anew.`,
        );
      case 'Rollout':
        // Its own field: the template may be another object's.
        return { spec: { restartAt: at } };
      default:
        return {
          spec: {
            template: { metadata: { annotations: { [RESTARTED_AT]: at } } },
          },
        };
    }
  };
}

function requireEffect(
  kind: WorkloadKind,
  { metadata: { namespace, name }, spec }: WorkloadObject,
): void {
  if (kind === 'Deployment' && spec.paused) {
    throw new DriverError(
      'invalid',
      `Deployment ${namespace}/${name} is paused: it restarts nothing until it is resumed.`,
    );
  }
  if (spec.updateStrategy?.type === 'OnDelete') {
    throw new DriverError(
      'invalid',
      `${kind} ${namespace}/${name} has the update strategy OnDelete: each pod restarts when it is deleted by hand.`,
    );
  }
}
