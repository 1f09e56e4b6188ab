import { RegistryCallOptions } from '../provider/RegistryProvider';
import { RegistryError } from '../provider/RegistryError';
import { assertDigest } from './digest';
import { notFoundError } from './notFound';
import { OciSession } from './OciSession';
import { assertDigestText, assertRepository } from './references';
import { pullScope } from './scope';

/** Enough for every config; layers are not read whole. */
const defaultMaxBytes = 8 * 1024 * 1024;

/**
 * Reads a small blob whole, wherever the registry redirects to, and verifies
 * its digest.
 *
 * @throws RegistryError `not-found`; `invalid-response` when it is larger than
 * `maxBytes` or its bytes do not have the digest
 */
export async function getBlob(
  session: OciSession,
  repository: string,
  digest: string,
  options: RegistryCallOptions & { maxBytes?: number } = {},
): Promise<Buffer> {
  assertRepository(repository);
  assertDigestText(digest);
  const what = `${repository}@${digest}`;
  const operation = `read the blob ${what}`;
  const response = await session.send({
    path: `${repository}/blobs/${digest}`,
    scopes: [pullScope(repository)],
    operation,
    maxBytes: options.maxBytes ?? defaultMaxBytes,
    acceptStatuses: [404],
    signal: options.signal,
    priority: options.priority,
  });
  if (response.status === 404) {
    throw notFoundError(session, operation, what, response);
  }
  if (response.status !== 200) {
    throw new RegistryError(
      'invalid-response',
      `${session.title}: could not ${operation}: it answered ${response.status} instead of the content`,
      { status: response.status },
    );
  }
  assertDigest(response.body, digest, what, session.title);
  return response.body;
}
