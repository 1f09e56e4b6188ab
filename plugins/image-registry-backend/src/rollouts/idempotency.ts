import { ConflictError } from '@backstage/errors';
import {
  CreateRollout,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { createHash } from 'node:crypto';
import { Actor } from '../access';
import { StoredRollout } from './StoredRollout';

/** How an Idempotency-Key is stored: each caller has keys of its own. */
export function hashIdempotencyKey(actor: Actor, key: string): string {
  return createHash('sha256').update(`${actor.ref}\n${key}`).digest('hex');
}

/**
 * @param entityRef - the full reference of the component that is asked for
 * @throws ConflictError when a key is used again for something else
 */
export function requireSameWish(
  earlier: StoredRollout,
  request: CreateRollout,
  entityRef: string,
): void {
  const { others = [] } = request;
  const before = earlier.others ?? [];
  const same =
    earlier.entityRef === entityRef &&
    earlier.targetKey === targetKey(request.target) &&
    isSameImage(earlier.image, request.image) &&
    before.length === others.length &&
    others.every(({ container, image }) =>
      before.some(
        other =>
          other.container === container && isSameImage(other.image, image),
      ),
    );
  if (!same) {
    throw refusal(
      ConflictError,
      because(
        'key-of-other-deploy',
        'This Idempotency-Key was used for another deploy; use a new one',
      ),
    );
  }
}

function isSameImage(
  earlier: StoredRollout['image'],
  { registryId, repository, tag, digest }: CreateRollout['image'],
): boolean {
  return (
    earlier.registryId === registryId &&
    earlier.repository === repository &&
    earlier.tag === tag &&
    (digest === undefined || earlier.digest === digest)
  );
}
