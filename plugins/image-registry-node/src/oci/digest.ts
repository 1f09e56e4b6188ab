import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { builtin } from '../builtin';
import { RegistryError } from '../provider/RegistryError';

/** Algorithms of registered digests. */
export type DigestAlgorithm = 'sha256' | 'sha512';

export function digestAlgorithm(digest: string): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

/** Digest of bytes as they came; never of something serialised again. */
export function digestOf(
  bytes: Buffer,
  algorithm: DigestAlgorithm = 'sha256',
): string {
  return `${algorithm}:${builtin
    .crypto()
    .createHash(algorithm)
    .update(bytes)
    .digest('hex')}`;
}

/** The digest that a registry says it answered with, when it says a proper one. */
export function announcedDigest(
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const announced = headers['docker-content-digest']?.trim();
  return announced && isDigest(announced) ? announced : undefined;
}

/** @throws RegistryError `invalid-response` that names both digests */
export function assertDigest(
  bytes: Buffer,
  expected: string,
  what: string,
  title: string,
): void {
  const actual = digestOf(bytes, digestAlgorithm(expected));
  if (actual !== expected) {
    throw wrongDigest(what, title, expected, actual);
  }
}

export function wrongDigest(
  what: string,
  title: string,
  expected: string,
  actual: string,
): RegistryError {
  return new RegistryError(
    'invalid-response',
    `${title}: the content of ${what} is not what its digest says: expected ${expected}, received ${actual}`,
    {
      hint: advise(
        'changed-on-the-way',
        'The content was changed on the way, or is damaged at the registry; a proxy that compresses or rewrites answers does that too',
      ),
    },
  );
}
