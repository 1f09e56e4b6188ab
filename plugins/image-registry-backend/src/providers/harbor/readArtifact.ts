import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageDescriptor,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { HarborArtifact } from './artifacts';
import { HarborApi, objectOf, splitRepository } from './HarborApi';

/** What is asked of one artifact. */
export interface ArtifactQuery extends RegistryCallOptions {
  /** A tag or a digest. */
  reference: string;
  /** Which of its parts come with it. */
  query: string;
  operation: string;
}

/**
 * One artifact of a repository.
 * @throws RegistryError `not-found` when there is none
 */
export async function readArtifact(
  api: HarborApi,
  repository: string,
  { reference, query, ...call }: ArtifactQuery,
): Promise<HarborArtifact> {
  const { project } = splitRepository(repository);
  const response = await api.sendToRepository({
    ...call,
    repository,
    below: `/artifacts/${encodeURIComponent(reference)}?${query}`,
    needs: { resource: 'Artifact', action: 'Read', project },
  });
  return objectOf<HarborArtifact>(response);
}

/** What a tag or digest means now, without asking for the image itself. */
export async function resolveByApi(
  api: HarborApi,
  repository: string,
  call: Omit<ArtifactQuery, 'query'>,
): Promise<ImageDescriptor> {
  const { digest, manifest_media_type: mediaType } = await readArtifact(
    api,
    repository,
    { ...call, query: 'with_tag=false' },
  );
  if (!digest || !isDigest(digest) || !mediaType) {
    throw new RegistryError(
      'invalid-response',
      `Harbor: could not ${call.operation}: the answer names no digest`,
      { hint: 'Try again later' },
    );
  }
  return { digest, mediaType };
}

/**
 * Makes sure that a repository exists: Harbor lists no artifacts for one that
 * does not, as if it were empty.
 *
 * @throws RegistryError `not-found`
 */
export async function assertRepository(
  api: HarborApi,
  repository: string,
  options: RegistryCallOptions,
): Promise<void> {
  const { project } = splitRepository(repository);
  await api.sendToRepository({
    ...options,
    repository,
    below: '',
    operation: `list the tags of ${repository}`,
    needs: { resource: 'Repository', action: 'Read', project },
  });
}
