import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { deleteBlob, getBlob } from './blobs';
import { emptyResponse, RegistryRequest, RegistryResponse } from './exchange';
import { listCatalog, listTags } from './listings';
import { deleteManifest, getManifest, putManifest } from './manifests';
import { listReferrers } from './referrers';
import { RegistryContext } from './RegistryContext';
import { RegistryRoute } from './RegistryRoute';
import { continueUpload, openUpload } from './uploads';

const METHODS: Record<RegistryRoute['kind'], string[]> = {
  base: ['GET', 'HEAD'],
  catalog: ['GET'],
  tags: ['GET'],
  manifest: ['GET', 'HEAD', 'PUT', 'DELETE'],
  blob: ['GET', 'HEAD', 'DELETE'],
  uploads: ['POST'],
  upload: ['GET', 'HEAD', 'PATCH', 'PUT', 'DELETE'],
  referrers: ['GET'],
};

/**
 * Answers one request that is allowed to be made.
 *
 * @throws RegistryError for every refusal of the protocol.
 */
export async function answer(
  context: RegistryContext,
  request: RegistryRequest,
  route: RegistryRoute,
): Promise<RegistryResponse> {
  const allowed = METHODS[route.kind];
  if (!allowed.includes(request.method)) {
    return {
      status: 405,
      headers: {
        Allow: allowed.join(', '),
        'Content-Type': 'text/plain; charset=utf-8',
      },
      body: Buffer.from('Method not allowed\n'),
    };
  }
  switch (route.kind) {
    case 'base':
      return {
        ...emptyResponse(200, { 'Content-Type': MEDIA_TYPES.json }),
        body: Buffer.from('{}'),
      };
    case 'catalog':
      return listCatalog(context, request);
    case 'tags':
      return listTags(context, request, route.repository);
    case 'referrers':
      return listReferrers(context, request, route.repository, route.digest);
    case 'uploads':
      return openUpload(context, request, route.repository);
    case 'upload':
      return continueUpload(context, request, route.repository, route.session);
    case 'blob':
      return request.method === 'DELETE'
        ? deleteBlob(context, route.repository, route.digest)
        : getBlob(context, request, route.repository, route.digest);
    default:
      return answerManifest(context, request, route);
  }
}

async function answerManifest(
  context: RegistryContext,
  request: RegistryRequest,
  route: { repository: string; reference: string },
): Promise<RegistryResponse> {
  const { repository, reference } = route;
  switch (request.method) {
    case 'PUT':
      return putManifest(context, request, repository, reference);
    case 'DELETE':
      return deleteManifest(context, repository, reference);
    default:
      return getManifest(context, request, repository, reference);
  }
}
