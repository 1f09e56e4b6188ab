import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { Operation } from './operateWorkload';

/** As kubectl writes it; controllers replace all pods when it changes. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Replaces all pods of a workload.
 * @throws DriverError `invalid` for a CronJob, whose runs come and go anyway, and
 * for a paused Deployment, whose controller would only take note of it
 */
export function restart(now: Date = new Date()): Operation {
  const at = now.toISOString();
  return ({ type, workload }) => {
    const { namespace, name } = workload.metadata;
    if (type.kind === 'Deployment' && workload.spec.paused) {
      throw new DriverError(
        'invalid',
        `Deployment ${namespace}/${name} is paused: it restarts nothing until it is resumed.`,
      );
    }
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
