import { createHash } from 'node:crypto';

const HEX_LENGTHS: Record<string, number> = { sha256: 64, sha512: 128 };

/** The `sha256:<hex>` digest of some bytes. */
export function sha256Digest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Whether a string is a digest of a registered algorithm in its exact form. */
export function isValidDigest(text: string): boolean {
  const [algorithm, encoded, ...rest] = text.split(':');
  return (
    rest.length === 0 &&
    encoded !== undefined &&
    encoded.length === HEX_LENGTHS[algorithm] &&
    /^[0-9a-f]+$/.test(encoded)
  );
}

/** Whether the bytes hash to the digest; false for an unknown algorithm. */
export function matchesDigest(bytes: Buffer, digest: string): boolean {
  if (!isValidDigest(digest)) {
    return false;
  }
  const [algorithm, encoded] = digest.split(':');
  return createHash(algorithm).update(bytes).digest('hex') === encoded;
}
