import { InputError } from '@backstage/errors';
import {
  parseTargetKey,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';

/**
 * The target that a key in a path names.
 * @throws InputError
 */
export function targetOf(key: string): TargetRef {
  const target = parseTargetKey(key);
  if (!target) {
    throw new InputError(
      'The target key must be cluster/namespace/kind/name/container, each part percent-encoded',
    );
  }
  return target;
}
