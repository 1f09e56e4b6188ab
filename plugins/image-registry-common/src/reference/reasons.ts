import { Reason } from '../reason';

/**
 * Codes of what can be wrong with an image reference or a registry address,
 * and of what is assumed about an address. The frontends translate each.
 */
export const referenceReasonCodes = [
  'reference-empty',
  'reference-is-image-id',
  'reference-invalid-host',
  'reference-invalid-repository',
  'reference-upper-case-repository',
  'reference-long-repository',
  'reference-invalid-tag',
  'reference-invalid-digest',
  'address-empty',
  'address-has-space',
  'address-has-scheme',
  'address-has-credentials',
  'address-has-query',
  'address-has-fragment',
  'address-is-image',
  'address-invalid-host',
  'address-invalid-port',
  'address-invalid-path',
  'address-upgraded-to-https',
  'address-plain-http',
  'address-assumed-http',
  'address-api-path-removed',
  'address-web-page-removed',
  'address-path-is-namespace',
  'address-path-is-prefix',
] as const;

/** {@inheritDoc referenceReasonCodes} */
export type ReferenceReasonCode = (typeof referenceReasonCodes)[number];

/** A reason whose code is in {@link referenceReasonCodes}. */
export function referenceReason(
  code: ReferenceReasonCode,
  message: string,
  params?: Record<string, string>,
): Reason {
  return params ? { code, message, params } : { code, message };
}
