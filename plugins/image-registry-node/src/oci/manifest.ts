import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import { RegistryHttpResponse } from '../transport';
import { announcedDigest, assertDigest, digestOf, wrongDigest } from './digest';
import {
  bareMediaType,
  isSchema1,
  manifestAccept,
  mediaTypes,
} from './mediaTypes';
import { MalformedError } from './JsonFields';
import { ManifestContent, readManifestContent } from './manifestContent';
import { notFoundError } from './notFound';
import { OciSession } from './OciSession';
import { assertReference, assertRepository } from './references';
import { pullScope } from './scope';

/** A manifest or index, verified. */
export interface Manifest {
  digest: string;
  mediaType: string;
  /** Bytes as stored; the digest is over them. */
  body: Buffer;
  content: ManifestContent;
}

/** Larger ones are refused by registries as well. */
const maxBytes = 4 * 1024 * 1024;

/** Content types that say nothing. */
const genericTypes: ReadonlySet<string> = new Set([
  '',
  'application/json',
  'application/octet-stream',
  'text/plain',
]);

/** How a reference is written behind its repository. */
export function written(repository: string, reference: string): string {
  return `${repository}${isDigest(reference) ? '@' : ':'}${reference}`;
}

/** An image of the format that Docker left in 2017. */
export function schema1Error(session: OciSession, what: string): RegistryError {
  return new RegistryError(
    'unsupported',
    `${session.title}: ${what} has the outdated format Docker schema 1, which clusters do not run any more`,
    {
      hint: advise(
        'build-again',
        'Build and push the image again with a current tool',
      ),
    },
  );
}

function parseContent(
  session: OciSession,
  what: string,
  response: RegistryHttpResponse,
): ManifestContent {
  const json = response.json<unknown>();
  try {
    return readManifestContent(json);
  } catch (error) {
    if (!(error instanceof MalformedError)) {
      throw error;
    }
    throw new RegistryError(
      'invalid-response',
      `${session.title}: the manifest of ${what} is malformed at ${
        error.path.join('.') || 'its root'
      }: ${error.message}`,
    );
  }
}

function mediaTypeOf(
  session: OciSession,
  what: string,
  response: RegistryHttpResponse,
  content: ManifestContent,
): string {
  const announced = bareMediaType(response.headers['content-type']);
  const declared = bareMediaType(content.mediaType ?? undefined);
  if (genericTypes.has(announced)) {
    const guessed = content.manifests
      ? mediaTypes.ociIndex
      : mediaTypes.ociManifest;
    return declared || guessed;
  }
  if (declared && declared !== announced) {
    throw new RegistryError(
      'invalid-response',
      `${session.title}: the manifest of ${what} says that it is ${declared}, but was served as ${announced}`,
      {
        hint: advise(
          'push-again',
          'Push the image again; a proxy that rewrites content types does that too',
        ),
      },
    );
  }
  return announced;
}

/** Verifies what was asked for by digest, and what the registry announces. */
function verifiedDigest(
  session: OciSession,
  what: string,
  reference: string,
  response: RegistryHttpResponse,
): string {
  const announced = announcedDigest(response.headers);
  if (isDigest(reference)) {
    assertDigest(response.body, reference, what, session.title);
    return reference;
  }
  if (announced) {
    assertDigest(response.body, announced, what, session.title);
  }
  return announced ?? digestOf(response.body);
}

/**
 * Reads a manifest or index by tag or digest.
 *
 * @throws RegistryError `not-found`; `invalid-response` when the bytes do not
 * have the digest; `unsupported` for Docker schema 1
 */
export async function getManifest(
  session: OciSession,
  repository: string,
  reference: string,
  options: RegistryCallOptions = {},
): Promise<Manifest> {
  assertRepository(repository);
  assertReference(reference);
  const what = written(repository, reference);
  const operation = `read the manifest of ${what}`;
  const response = await session.send({
    path: `${repository}/manifests/${reference}`,
    headers: { accept: manifestAccept },
    scopes: [pullScope(repository)],
    operation,
    maxBytes,
    acceptStatuses: [404],
    signal: options.signal,
    priority: options.priority,
  });
  if (response.status === 404) {
    throw notFoundError(session, operation, what, response);
  }
  if (isSchema1(bareMediaType(response.headers['content-type']))) {
    throw schema1Error(session, what);
  }
  const digest = verifiedDigest(session, what, reference, response);
  const content = parseContent(session, what, response);
  if (content.schemaVersion === 1) {
    throw schema1Error(session, what);
  }
  return {
    digest,
    mediaType: mediaTypeOf(session, what, response, content),
    body: response.body,
    content,
  };
}

/** The answer to a HEAD, when it says enough. */
export function descriptorOfHead(
  session: OciSession,
  repository: string,
  reference: string,
  response: RegistryHttpResponse,
) {
  const what = written(repository, reference);
  const mediaType = bareMediaType(response.headers['content-type']);
  if (isSchema1(mediaType)) {
    throw schema1Error(session, what);
  }
  const digest = announcedDigest(response.headers);
  if (!digest || genericTypes.has(mediaType)) {
    return undefined;
  }
  if (isDigest(reference) && digest !== reference) {
    throw wrongDigest(what, session.title, reference, digest);
  }
  const size = Number(response.headers['content-length']);
  return {
    digest,
    mediaType,
    size: Number.isSafeInteger(size) && size > 0 ? size : undefined,
  };
}
