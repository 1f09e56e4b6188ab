import {
  Target,
  WorkloadAction,
} from '@slipway/backstage-plugin-image-registry-common';

/** What can be done to a workload of this kind in its present state. */
export function workloadActionsOf({
  ref: { kind },
  health,
  init,
}: Target): WorkloadAction[] {
  if (init) {
    // It is the same workload as its other containers, which offer it.
    return [];
  }
  const stops = kind !== 'DaemonSet';
  if (stops && health === 'Stopped') {
    return ['start'];
  }
  const restarts = kind !== 'CronJob';
  return [
    ...(restarts ? (['restart'] as const) : []),
    ...(stops ? (['stop'] as const) : []),
  ];
}
