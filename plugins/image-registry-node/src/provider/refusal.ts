import { Reason } from '@slipway/backstage-plugin-image-registry-common';

/**
 * An error whose sentence pages can say in their own language: the answer of
 * the route carries the reason along.
 *
 * @param Kind - class of the error, which decides the status of the answer
 */
export function refusal<E extends Error>(
  Kind: new (message: string) => E,
  reason: Reason,
): E & { readonly reason: Reason } {
  return Object.assign(new Kind(reason.message), { reason });
}
