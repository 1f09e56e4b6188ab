import { TagCandidate } from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';

/** What a rule may ask of an image that neither its tag nor an event tells. */
export type ImageFacts = Pick<TagCandidate, 'createdAt' | 'platforms'>;

/**
 * Reads what an image's own manifests say.
 * @throws RegistryError when the registry cannot be asked
 */
export async function readImageFacts(
  client: RegistryClient,
  repository: string,
  reference: string,
): Promise<ImageFacts> {
  const { createdAt, platforms } = await client.inspect(repository, reference, {
    priority: 'background',
  });
  const known = platforms.flatMap(({ platform }) => platform ?? []);
  return {
    createdAt,
    // One platform that is not told may be the wanted one.
    platforms: known.length === platforms.length ? known : undefined,
  };
}

/** What is known of several digests; one that cannot be read has no entry. */
export async function readFactsOfDigests(
  client: RegistryClient,
  repository: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, ImageFacts>> {
  const facts = new Map<string, ImageFacts>();
  for (const digest of new Set(digests)) {
    try {
      facts.set(digest, await readImageFacts(client, repository, digest));
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
    }
  }
  return facts;
}
