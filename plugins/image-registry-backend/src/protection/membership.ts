import { NotAllowedError } from '@backstage/errors';
import {
  Environment,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Actor } from '../access';

/** Whether a person is one of these users or in one of these groups. */
export function isAmong(actor: Actor, refs: readonly string[]): boolean {
  const mine = new Set(actor.ownershipEntityRefs.map(ref => ref.toLowerCase()));
  return refs.some(ref => mine.has(ref.toLowerCase()));
}

/**
 * @throws NotAllowedError when the person may not deploy past the gates of a
 * target's environment
 */
export function requireEmergencyMember(
  actor: Actor,
  target: TargetRef,
  environment: Environment | undefined,
): void {
  const group = environment?.protection.emergencyGroup;
  if (!environment || !group) {
    const place = environment?.name ?? `${target.cluster}/${target.namespace}`;
    throw refusal(
      NotAllowedError,
      because(
        'no-emergency-group',
        `${place} names no group that may deploy past its gates`,
        { place },
      ),
    );
  }
  if (actor.kind !== 'user' || !isAmong(actor, [group])) {
    throw refusal(
      NotAllowedError,
      because(
        'not-in-emergency-group',
        `Only members of ${group} may deploy past the gates of ${environment.name}`,
        { group, environment: environment.name },
      ),
    );
  }
}
