import { WorkloadKind } from '@slipway/backstage-plugin-image-registry-common';
import { cronJob } from './cronJob';
import { daemonSet } from './daemonSet';
import { deployment } from './deployment';
import { rollout } from './rollout';
import { statefulSet } from './statefulSet';
import { WorkloadType } from './WorkloadType';

/** Every kind of workload the driver deploys to. */
export const workloadTypes: Readonly<Record<WorkloadKind, WorkloadType>> = {
  Deployment: deployment,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  CronJob: cronJob,
  Rollout: rollout,
};
