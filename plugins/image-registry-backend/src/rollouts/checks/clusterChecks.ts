import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import {
  AccessReviewer,
  QuotaReader,
} from '@slipway/backstage-plugin-image-registry-node';
import { because } from '../reasons';
import { Check } from './asked';

/** Plural of each kind, as RBAC names it. */
const resources: Readonly<Record<TargetRef['kind'], string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  CronJob: 'cronjobs',
  Rollout: 'rollouts',
};

/** Kinds that start a new pod before an old one ends. */
const surging: readonly TargetRef['kind'][] = ['Deployment', 'Rollout'];

/** Whether the portal's credential may write the workload. */
export async function permissionCheck(
  driver: AccessReviewer,
  target: TargetRef,
  signal: AbortSignal,
): Promise<Check[]> {
  const name = 'permission' as const;
  const { purposes, user } = await driver.accessReview(target, {
    purposes: ['deploy'],
    signal,
  });
  const what = purposes
    .flatMap(({ missing }) => missing)
    .filter(({ resource }) => resource === resources[target.kind])
    .map(({ verb, resource }) => `${verb} ${resource}`)
    .join(', ');
  if (what === '') {
    const reason = because(
      'cluster-allows',
      'The cluster lets the portal write it',
    );
    return [{ name, ok: true, reason }];
  }
  const { namespace } = target;
  const reason = because(
    'cluster-denies',
    `The portal (${
      user ?? 'unnamed'
    }) lacks a right in namespace ${namespace}: ${what}`,
    { user: user ?? '?', namespace, what },
  );
  return [{ name, ok: false, reason }];
}

/** A pod that finds no room is made later, so it is a remark. */
export async function quotaCheck(
  driver: QuotaReader,
  target: TargetRef,
  signal: AbortSignal,
): Promise<Check[]> {
  const name = 'quota' as const;
  if (!surging.includes(target.kind)) {
    return [];
  }
  const { known, fits, amounts, reason } = await driver.podQuotaCheck(target, {
    signal,
  });
  if (reason && !(known && fits)) {
    return [{ name, ok: fits, warning: true, reason }];
  }
  const room = because('quota-has-room', 'There is room for one more pod');
  return amounts.length > 0 ? [{ name, ok: true, reason: room }] : [];
}
