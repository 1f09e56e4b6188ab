import {
  DriverErrorCode,
  REGISTRY_REFUSES_FOR_NOW,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Why time does not count against a rollout: the registry refuses its image for
 * now, or its cluster tells nothing.
 */
export type Excuse = 'registry' | 'cluster';

/** Codes with which a driver goes on while it hears nothing of the cluster. */
const noNews: readonly string[] = [
  'cluster-unreachable',
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'server-error',
] satisfies DriverErrorCode[];

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
  return noNews.includes(reason.code) ? 'cluster' : undefined;
}
