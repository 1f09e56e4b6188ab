import { isValidDigest } from '../protocol/digests';
import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { RegistryError } from '../protocol/RegistryError';
import { emptyResponse, RegistryRequest, RegistryResponse } from './exchange';
import { RegistryContext } from './RegistryContext';

/** `GET` and `HEAD /v2/{name}/blobs/{digest}`, with one `Range`. */
export function getBlob(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  digest: string,
): RegistryResponse {
  const bytes = findBlob(context, repository, digest);
  const headers = {
    'Content-Type': MEDIA_TYPES.binary,
    'Docker-Content-Digest': digest,
    Etag: `"${digest}"`,
    'Cache-Control': 'max-age=31536000',
    'Accept-Ranges': 'bytes',
  };
  context.notify({
    action: 'pull',
    target: blobTarget(request, repository, digest, bytes.length),
  });
  if (request.headers['if-none-match'] === `"${digest}"`) {
    return emptyResponse(304, headers);
  }
  const range = parseRange(request.headers.range, bytes.length);
  if (range === 'unsatisfiable') {
    return emptyResponse(416, { 'Content-Range': `bytes */${bytes.length}` });
  }
  if (range === undefined) {
    return { status: 200, headers, body: bytes };
  }
  const span = `bytes ${range.start}-${range.end}/${bytes.length}`;
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': span },
    body: bytes.subarray(range.start, range.end + 1),
  };
}

/** `DELETE /v2/{name}/blobs/{digest}`. */
export function deleteBlob(
  context: RegistryContext,
  repository: string,
  digest: string,
): RegistryResponse {
  if (!context.deleteEnabled) {
    throw new RegistryError('UNSUPPORTED');
  }
  findBlob(context, repository, digest);
  context.content.deleteBlob(repository, digest);
  context.notify({ action: 'delete', target: { repository, digest } });
  return emptyResponse(202);
}

/** The target of an event about a blob. */
export function blobTarget(
  request: RegistryRequest,
  repository: string,
  digest: string,
  size: number,
) {
  return {
    repository,
    digest,
    mediaType: MEDIA_TYPES.binary,
    size,
    url: `${request.url.origin}/v2/${repository}/blobs/${digest}`,
  };
}

function findBlob(
  context: RegistryContext,
  repository: string,
  digest: string,
): Buffer {
  if (!isValidDigest(digest)) {
    throw new RegistryError('DIGEST_INVALID', { digest });
  }
  const bytes = context.content.getBlob(repository, digest);
  if (!bytes) {
    throw new RegistryError('BLOB_UNKNOWN', digest);
  }
  return bytes;
}

/** One range of RFC 9110, 14.2; several ranges are answered with all. */
function parseRange(
  header: string | undefined,
  length: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (!match[1] && !match[2])) {
    return undefined;
  }
  const [start, end] = match[1]
    ? [Number(match[1]), match[2] ? Number(match[2]) : length - 1]
    : [Math.max(0, length - Number(match[2])), length - 1];
  if (start >= length || start > end) {
    return 'unsatisfiable';
  }
  return { start, end: Math.min(end, length - 1) };
}
