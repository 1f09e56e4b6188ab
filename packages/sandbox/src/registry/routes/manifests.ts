import {
  Descriptor,
  ParsedManifest,
  parseManifest,
} from '../content/ParsedManifest';
import { StoredManifest } from '../content/ContentStore';
import {
  isValidDigest,
  matchesDigest,
  sha256Digest,
} from '../protocol/digests';
import { bareMediaType, MEDIA_TYPES } from '../protocol/mediaTypes';
import { RegistryError } from '../protocol/RegistryError';
import {
  emptyResponse,
  PayloadTooLarge,
  RegistryRequest,
  RegistryResponse,
} from './exchange';
import { RegistryContext } from './RegistryContext';

/** Bytes: what distribution reads of a manifest. */
const MAXIMUM_MANIFEST_BYTES = 4 * 1024 * 1024;

/** `GET` and `HEAD /v2/{name}/manifests/{reference}`. */
export function getManifest(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  reference: string,
): RegistryResponse {
  const found = findManifest(context, repository, reference);
  const manifest = negotiate(context, request, repository, reference, found);
  const headers = {
    'Content-Type': manifest.parsed.mediaType,
    'Docker-Content-Digest': manifest.digest,
    Etag: `"${manifest.digest}"`,
  };
  const known = request.headers['if-none-match'];
  if (known === `"${manifest.digest}"` || known === manifest.digest) {
    return emptyResponse(304);
  }
  context.notify({
    action: 'pull',
    target: eventTarget(request, repository, manifest, tagOf(reference)),
  });
  return { status: 200, headers, body: manifest.bytes };
}

/** `PUT /v2/{name}/manifests/{reference}`. */
export async function putManifest(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  reference: string,
): Promise<RegistryResponse> {
  const bytes = await readManifest(request);
  const parsed = parseManifest(bytes, request.headers['content-type']);
  const tag = tagOf(reference);
  if (tag === undefined && !matchesDigest(bytes, reference)) {
    throw new RegistryError('DIGEST_INVALID', { digest: reference });
  }
  requireContent(context, repository, parsed);
  const digest = tag === undefined ? reference : sha256Digest(bytes);
  const manifest = { digest, bytes, parsed };
  context.content.putManifest(repository, manifest);
  if (tag !== undefined) {
    context.content.putTag(repository, tag, digest);
  }
  const target = eventTarget(request, repository, manifest, tag);
  context.notify({ action: 'push', target });
  return emptyResponse(201, {
    Location: manifestUrl(request, repository, digest),
    'Docker-Content-Digest': digest,
    ...(context.behavior.referrers &&
      parsed.subject && { 'OCI-Subject': parsed.subject.digest }),
  });
}

/** `DELETE /v2/{name}/manifests/{reference}`. */
export function deleteManifest(
  context: RegistryContext,
  repository: string,
  reference: string,
): RegistryResponse {
  if (!context.deleteEnabled) {
    throw new RegistryError('UNSUPPORTED');
  }
  const tag = tagOf(reference);
  if (tag !== undefined) {
    return deleteTag(context, repository, tag);
  }
  const tags = context.content.deleteManifest(repository, reference);
  if (!tags) {
    throw new RegistryError('MANIFEST_UNKNOWN', {
      name: repository,
      revision: reference,
    });
  }
  context.notify({
    action: 'delete',
    target: { repository, digest: reference },
  });
  for (const each of tags) {
    context.notify({ action: 'delete', target: { repository, tag: each } });
  }
  return emptyResponse(202);
}

function deleteTag(
  context: RegistryContext,
  repository: string,
  tag: string,
): RegistryResponse {
  if (!context.behavior.tagDelete) {
    throw new RegistryError('DIGEST_INVALID');
  }
  if (!context.content.deleteTag(repository, tag)) {
    throw new RegistryError('MANIFEST_UNKNOWN', { name: repository, tag });
  }
  context.notify({ action: 'delete', target: { repository, tag } });
  return emptyResponse(202);
}

function findManifest(
  context: RegistryContext,
  repository: string,
  reference: string,
): StoredManifest {
  if (tagOf(reference) === undefined && !isValidDigest(reference)) {
    throw new RegistryError('DIGEST_INVALID', { digest: reference });
  }
  const found = context.content.getManifest(repository, reference);
  if (!found) {
    throw new RegistryError('MANIFEST_UNKNOWN', {
      name: repository,
      ...(tagOf(reference) === undefined
        ? { revision: reference }
        : { tag: reference }),
    });
  }
  return found;
}

/** What distribution makes of an `Accept` that lacks the manifest's type. */
function negotiate(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  reference: string,
  found: StoredManifest,
): StoredManifest {
  const { mediaType } = found.parsed;
  const accepted = (request.headers.accept ?? '').split(',').map(bareMediaType);
  if (accepted.includes(mediaType)) {
    return found;
  }
  const isOci =
    mediaType === MEDIA_TYPES.ociIndex || mediaType === MEDIA_TYPES.ociManifest;
  if (isOci && context.behavior.ociNeedsAccept) {
    const message = `manifest is ${mediaType}, which Accept does not list`;
    throw new RegistryError('MANIFEST_UNKNOWN', { message });
  }
  const byTag = tagOf(reference) !== undefined;
  if (mediaType === MEDIA_TYPES.dockerList && byTag) {
    return defaultPlatform(context, repository, found);
  }
  return found;
}

/** Old Docker clients asked for a tag and got the linux/amd64 child. */
function defaultPlatform(
  context: RegistryContext,
  repository: string,
  list: StoredManifest,
): StoredManifest {
  const child = list.parsed.manifests.find(isLinuxAmd64);
  const manifest =
    child && context.content.getManifest(repository, child.digest);
  if (!manifest) {
    throw new RegistryError('MANIFEST_UNKNOWN', { name: repository });
  }
  return manifest;
}

function isLinuxAmd64(descriptor: Descriptor): boolean {
  const platform = descriptor.platform as
    | { os?: string; architecture?: string }
    | undefined;
  return platform?.os === 'linux' && platform.architecture === 'amd64';
}

async function readManifest(request: RegistryRequest): Promise<Buffer> {
  try {
    return await request.readBody(MAXIMUM_MANIFEST_BYTES);
  } catch (error) {
    if (error instanceof PayloadTooLarge) {
      throw new RegistryError('MANIFEST_INVALID', error.message);
    }
    throw error;
  }
}

/** Everything a manifest names must have been pushed before it. */
function requireContent(
  context: RegistryContext,
  repository: string,
  parsed: ParsedManifest,
): void {
  const { content } = context;
  const missing = [
    ...parsed.blobs.filter(
      each => !each.urls?.length && !content.getBlob(repository, each.digest),
    ),
    ...parsed.manifests.filter(
      each => !content.getManifest(repository, each.digest),
    ),
  ];
  if (missing.length > 0) {
    throw RegistryError.forEach(
      'MANIFEST_BLOB_UNKNOWN',
      missing.map(each => each.digest),
    );
  }
}

function eventTarget(
  request: RegistryRequest,
  repository: string,
  manifest: StoredManifest,
  tag: string | undefined,
) {
  return {
    repository,
    digest: manifest.digest,
    mediaType: manifest.parsed.mediaType,
    size: manifest.bytes.length,
    url: manifestUrl(request, repository, manifest.digest),
    tag,
    references: [...manifest.parsed.blobs, ...manifest.parsed.manifests],
  };
}

function manifestUrl(
  request: RegistryRequest,
  repository: string,
  digest: string,
): string {
  return `${request.url.origin}/v2/${repository}/manifests/${digest}`;
}

function tagOf(reference: string): string | undefined {
  return reference.includes(':') ? undefined : reference;
}
