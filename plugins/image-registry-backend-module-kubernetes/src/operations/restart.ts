import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { Operation } from './operateWorkload';

/** As kubectl writes it; controllers replace all pods when it changes. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Replaces all pods of a workload.
 * @throws DriverError `invalid` for a CronJob, whose runs come and go anyway
 */
export function restart(now: Date = new Date()): Operation {
  const at = now.toISOString();
  return ({ type, workload }) => {
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
