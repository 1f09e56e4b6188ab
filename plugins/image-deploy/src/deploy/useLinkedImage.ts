import {
  PickedImage,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';
import { LinkedImage } from '../tab/useTabLocation';

/**
 * The image that a link names: with the digest that its maker saw, else with
 * the one that it means now.
 */
export function useLinkedImage(
  entityRef: string,
  link: LinkedImage | undefined,
): { image?: PickedImage; loading: boolean; error?: Error; refetch(): void } {
  const { value, loading, error, refetch } = useImageRegistryQuery(
    async (api, signal): Promise<PickedImage> => {
      const { registryId, repository, reference, digest } = link!;
      const details = await api.getImage(
        registryId,
        { repository, reference, entityRef },
        { signal },
      );
      const byDigest = reference.includes(':');
      return {
        registryId,
        repository,
        tag: byDigest ? undefined : reference,
        digest: byDigest ? reference : digest ?? details.digest,
      };
    },
    [
      entityRef,
      link?.registryId,
      link?.repository,
      link?.reference,
      link?.digest,
    ],
    { enabled: link !== undefined },
  );
  return {
    image: link && value,
    loading: link !== undefined && loading && !error,
    error: link && error,
    refetch,
  };
}
