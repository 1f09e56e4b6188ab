import {
  InvalidRegistryAddressError,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';

/** What is said at the field of an API's address that cannot be read. */
export function apiAddressProblem(error: unknown): Reason {
  if (error instanceof InvalidRegistryAddressError) {
    return error.reason;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return because('value-invalid', detail, { detail });
}
