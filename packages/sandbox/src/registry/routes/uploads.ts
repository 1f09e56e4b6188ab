import { isValidDigest, matchesDigest } from '../protocol/digests';
import { bareMediaType, MEDIA_TYPES } from '../protocol/mediaTypes';
import { RegistryError, ResponseHeaders } from '../protocol/RegistryError';
import { UploadSession } from '../content/UploadSessions';
import { blobTarget } from './blobs';
import { emptyResponse, RegistryRequest, RegistryResponse } from './exchange';
import { RegistryContext } from './RegistryContext';

/** Bytes of one blob that the memory takes. */
const MAXIMUM_BLOB_BYTES = 512 * 1024 * 1024;

/** `POST /v2/{name}/blobs/uploads/`: a session, a mount or a whole blob. */
export async function openUpload(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
): Promise<RegistryResponse> {
  const query = request.url.searchParams;
  const mounted = mount(context, request, repository);
  if (mounted) {
    return mounted;
  }
  const session = context.uploads.open(repository);
  if (query.has('digest') && context.behavior.singlePostUpload) {
    return commit(context, request, session);
  }
  return progress(context, request, session, 202);
}

/** `PATCH`, `PUT`, `GET` and `DELETE` of a session's Location. */
export async function continueUpload(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  id: string,
): Promise<RegistryResponse> {
  const session = findSession(context, request, repository, id);
  if (request.method === 'DELETE') {
    context.uploads.close(session);
    return emptyResponse(204, { 'Docker-Upload-UUID': session.id });
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    return progress(context, request, session, 204);
  }
  if (request.method === 'PUT') {
    return commit(context, request, session);
  }
  const chunk = await readChunk(context, request, session);
  context.uploads.append(session, chunk);
  return progress(context, request, session, 202);
}

/** A Location that is not the latest one is refused. */
function findSession(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  id: string,
): UploadSession {
  const state = request.url.searchParams.get('_state');
  if (!state) {
    throw new RegistryError('BLOB_UPLOAD_INVALID');
  }
  const session = context.uploads.find(repository, id);
  if (!session) {
    throw new RegistryError('BLOB_UPLOAD_UNKNOWN');
  }
  if (state !== context.uploads.state(session)) {
    throw new RegistryError('BLOB_UPLOAD_INVALID');
  }
  return session;
}

function mount(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
): RegistryResponse | undefined {
  const digest = request.url.searchParams.get('mount');
  const from = request.url.searchParams.get('from');
  const bytes = digest && from && context.content.getBlob(from, digest);
  if (!digest || !from || !bytes) {
    return undefined;
  }
  context.content.putBlob(repository, digest, bytes);
  const target = blobTarget(request, repository, digest, bytes.length);
  context.notify({
    action: 'mount',
    target: { ...target, fromRepository: from },
  });
  return created(request, repository, digest);
}

async function commit(
  context: RegistryContext,
  request: RegistryRequest,
  session: UploadSession,
): Promise<RegistryResponse> {
  const digest = request.url.searchParams.get('digest');
  if (!digest) {
    throw new RegistryError('DIGEST_INVALID', 'digest missing');
  }
  if (!isValidDigest(digest)) {
    throw new RegistryError('DIGEST_INVALID', 'digest parsing failed');
  }
  const chunk = await readChunk(context, request, session);
  context.uploads.append(session, chunk);
  const bytes = Buffer.concat(session.chunks);
  context.uploads.close(session);
  if (!matchesDigest(bytes, digest)) {
    throw new RegistryError('DIGEST_INVALID', { Digest: digest });
  }
  const { repository } = session;
  context.content.putBlob(repository, digest, bytes);
  context.notify({
    action: 'push',
    target: blobTarget(request, repository, digest, bytes.length),
  });
  return created(request, repository, digest);
}

async function readChunk(
  context: RegistryContext,
  request: RegistryRequest,
  session: UploadSession,
): Promise<Buffer> {
  const type = bareMediaType(request.headers['content-type'] ?? '');
  if (request.method === 'PATCH' && type && type !== MEDIA_TYPES.binary) {
    throw new RegistryError('UNKNOWN', `bad Content-Type '${type}'`);
  }
  const header = request.headers['content-range'];
  const range = /^(?:bytes )?(\d+)-(\d+)(?:\/.*)?$/.exec(header ?? '');
  const [start, end] = range ? [Number(range[1]), Number(range[2])] : [0, 0];
  if (header !== undefined && context.behavior.orderedChunks) {
    if (!range || start > end || start !== session.size) {
      throw new RegistryError('RANGE_INVALID');
    }
  }
  const chunk = await request.readBody(MAXIMUM_BLOB_BYTES - session.size);
  if (range && chunk.length !== end - start + 1) {
    throw new RegistryError('SIZE_INVALID');
  }
  return chunk;
}

function progress(
  context: RegistryContext,
  request: RegistryRequest,
  session: UploadSession,
  status: number,
): RegistryResponse {
  const query = new URLSearchParams({ _state: context.uploads.state(session) });
  const path = `/v2/${session.repository}/blobs/uploads/${session.id}`;
  return emptyResponse(status, {
    Location: `${request.url.origin}${path}?${query}`,
    Range: `0-${Math.max(0, session.size - 1)}`,
    'Docker-Upload-UUID': session.id,
  });
}

function created(
  request: RegistryRequest,
  repository: string,
  digest: string,
): RegistryResponse {
  const headers: ResponseHeaders = {
    Location: `${request.url.origin}/v2/${repository}/blobs/${digest}`,
    'Docker-Content-Digest': digest,
  };
  return emptyResponse(201, headers);
}
