import {
  DriverErrorCode,
  REGISTRY_REFUSES_FOR_NOW,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Why time does not count against a rollout: the registry refuses its image for
 * now, its cluster tells nothing, or somebody has to let it go on.
 */
export type Excuse = 'registry' | 'cluster' | 'paused';

/** Codes with which a driver goes on while it hears nothing of the cluster. */
const noNews: readonly string[] = [
  'cluster-unreachable',
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'server-error',
] satisfies DriverErrorCode[];

/**
 * Codes with which a driver says that a workload is paused: by a person, or by
 * a step of Argo Rollouts, which may wait for days until it is promoted.
 */
const paused: readonly string[] = ['paused', 'rollout-paused'];

/** What excuses a rollout at one look at it. */
export function excuseOf({
  phase,
  reason,
}: Pick<RolloutObservation, 'phase' | 'reason'>): Excuse | undefined {
  if (phase !== 'progressing' || !reason) {
    return undefined;
  }
  if (reason.code === REGISTRY_REFUSES_FOR_NOW) {
    return 'registry';
  }
  if (paused.includes(reason.code)) {
    return 'paused';
  }
  return noNews.includes(reason.code) ? 'cluster' : undefined;
}
