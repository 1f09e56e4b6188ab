import {
  PORTAL_FIELD_MANAGER,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';

/** Managers other than the portal that own the image of a target. */
export function otherOwners(target: Target): string[] {
  const managers = target.owners.map(owner => owner.manager);
  return managers.includes(PORTAL_FIELD_MANAGER) ? [] : [...new Set(managers)];
}

/** Whether somebody has to agree before the portal may write the image. */
export function needsConsent(target: Target): boolean {
  return (
    target.undoneBy !== undefined ||
    (otherOwners(target).length > 0 && !target.consent)
  );
}
