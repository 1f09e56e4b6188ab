import {
  ImageDescriptor,
  RegistryCallOptions,
} from '../provider/RegistryProvider';
import { descriptorOfHead, getManifest, written } from './manifest';
import { manifestAccept } from './mediaTypes';
import { OciSession } from './OciSession';
import { assertReference, assertRepository } from './references';
import { pullScope } from './scope';

/** Answers to HEAD that a GET may better. */
const askAgain: readonly number[] = [400, 404, 405, 406, 501];

/**
 * What a tag or digest means now, by one HEAD, which does not count against
 * Docker Hub's limit. A GET follows where HEAD is not served, says no digest,
 * or says 404: only the body of a GET tells "no such image" from "no such
 * path".
 *
 * @throws RegistryError with code `not-found` when it does not exist
 */
export async function resolve(
  session: OciSession,
  repository: string,
  reference: string,
  options: RegistryCallOptions = {},
): Promise<ImageDescriptor> {
  assertRepository(repository);
  assertReference(reference);
  const head = await session.send({
    method: 'HEAD',
    path: `${repository}/manifests/${reference}`,
    headers: { accept: manifestAccept },
    scopes: [pullScope(repository)],
    operation: `resolve ${written(repository, reference)}`,
    acceptStatuses: askAgain,
    signal: options.signal,
    priority: options.priority,
  });
  const descriptor =
    head.status < 300
      ? descriptorOfHead(session, repository, reference, head)
      : undefined;
  if (descriptor) {
    return descriptor;
  }
  const { digest, mediaType, body } = await getManifest(
    session,
    repository,
    reference,
    options,
  );
  return { digest, mediaType, size: body.length };
}
