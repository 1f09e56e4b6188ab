import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { TargetRecord } from './TargetStore';

/**
 * Who else owns the image field of a workload. A manager that applied the same
 * value owns it together with the portal, and is overridden by the next one.
 */
export function otherOwners({ owners }: WorkloadTarget): string[] {
  return owners
    .map(({ manager }) => manager)
    .filter(manager => manager !== PORTAL_FIELD_MANAGER);
}

/**
 * Owner of what nobody is known to have written, in an API server's words. Some
 * clusters forget all owners of an object at each write, so it takes nothing.
 */
const NOBODY_KNOWN = 'before-first-apply';

/**
 * The manager that took the image field again after the portal had written it
 * with consent; undefined while the field is ours or was never ours.
 */
export function contestedBy(
  workload: WorkloadTarget,
  record: TargetRecord,
): WorkloadTarget['owners'][number] | undefined {
  const { consent, appliedAt } = record;
  if (!consent || !appliedAt || appliedAt < consent.at) {
    return undefined;
  }
  const ours = workload.owners.some(
    owner => owner.manager === PORTAL_FIELD_MANAGER,
  );
  return ours
    ? undefined
    : workload.owners.find(({ manager }) => manager !== NOBODY_KNOWN);
}
