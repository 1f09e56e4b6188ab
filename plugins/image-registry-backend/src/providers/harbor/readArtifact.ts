import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  ImageDescriptor,
  RegistryCallOptions,
  RegistryError,
  remedies,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { HarborArtifact, harborArtifact } from './artifacts';
import { entriesOf, HarborApi, splitRepository } from './HarborApi';

/** What is asked of one artifact. */
export interface ArtifactQuery extends RegistryCallOptions {
  /** A tag or a digest. */
  reference: string;
  /** Which of its parts come with it. */
  query: string;
  operation: string;
}

/**
 * One artifact of a repository; out of its list for who may only list, which
 * is all that Harbor lets the CLI secret of an OIDC user do.
 *
 * @throws RegistryError `not-found` when there is none
 */
export async function readArtifact(
  api: HarborApi,
  repository: string,
  { reference, query, ...call }: ArtifactQuery,
): Promise<HarborArtifact> {
  const { project } = splitRepository(repository);
  try {
    const response = await api.sendToRepository({
      ...call,
      repository,
      below: `/artifacts/${encodeURIComponent(reference)}?${query}`,
      needs: { resource: 'Artifact', action: 'Read', project },
    });
    return shaped(response.json(), harborArtifact);
  } catch (error) {
    if (!api.mayBeCliSecret || !isUnauthenticated(error)) {
      throw error;
    }
    return findInList(api, repository, { reference, query, ...call });
  }
}

async function findInList(
  api: HarborApi,
  repository: string,
  { reference, query, ...call }: ArtifactQuery,
): Promise<HarborArtifact> {
  const { project } = splitRepository(repository);
  // Children of an index are only found among all.
  const wanted = isDigest(reference)
    ? `digest=${reference},base=*`
    : `tags=${reference}`;
  const response = await api.sendToRepository({
    ...call,
    repository,
    below: `/artifacts?q=${encodeURIComponent(wanted)}&page_size=1&${query}`,
    needs: { resource: 'Artifact', action: 'List', project },
  });
  const [found] = entriesOf(response, harborArtifact).entries;
  if (!found) {
    throw new RegistryError(
      'not-found',
      `Harbor: could not ${call.operation}: there is no artifact ${reference}`,
      {
        hint: advise(
          'harbor-check-artifact',
          'It may have been deleted; check the name',
        ),
      },
    );
  }
  return found;
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'unauthenticated';
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
      { hint: remedies.tryLater },
    );
  }
  return { digest, mediaType };
}
