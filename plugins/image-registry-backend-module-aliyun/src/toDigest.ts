import { isDigest } from '@slipway/backstage-plugin-image-registry-common';

/**
 * A digest as everybody else writes it: some of the vendor's answers and calls
 * leave out the algorithm.
 *
 * @returns undefined for what is none
 */
export function toDigest(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const digest = value.includes(':') ? value : `sha256:${value}`;
  return isDigest(digest) ? digest : undefined;
}
