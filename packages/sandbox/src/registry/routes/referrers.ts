import { isValidDigest } from '../protocol/digests';
import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { RegistryError } from '../protocol/RegistryError';
import { jsonResponse, RegistryRequest, RegistryResponse } from './exchange';
import { RegistryContext } from './RegistryContext';

/** `GET /v2/{name}/referrers/{digest}` (specification, "Listing Referrers"). */
export function listReferrers(
  context: RegistryContext,
  request: RegistryRequest,
  repository: string,
  digest: string,
): RegistryResponse {
  if (!isValidDigest(digest)) {
    throw new RegistryError('DIGEST_INVALID', { digest });
  }
  const wanted = request.url.searchParams.get('artifactType');
  const manifests = context.content
    .listReferrers(repository, digest)
    .filter(each => !wanted || each.artifactType === wanted);
  return jsonResponse(
    200,
    { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests },
    {
      'Content-Type': MEDIA_TYPES.ociIndex,
      ...(wanted && { 'OCI-Filters-Applied': 'artifactType' }),
    },
  );
}
