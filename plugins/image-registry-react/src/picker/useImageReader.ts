import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { imageRegistryApiRef } from '../api';
import { ImageReader } from './ImageReader';

/**
 * A reader of the images of one repository. Its user draws again with every
 * image that was read; reading ends with the user.
 */
export function useImageReader(options: {
  registryId: string;
  repository: string;
  entityRef?: string;
}): ImageReader {
  const { registryId, repository, entityRef } = options;
  const api = useApi(imageRegistryApiRef);
  const reader = useMemo(
    () =>
      new ImageReader((reference, signal) =>
        api.getImage(
          registryId,
          { repository, reference, entityRef },
          { signal },
        ),
      ),
    [api, registryId, repository, entityRef],
  );
  useSyncExternalStore(reader.subscribe, reader.version);
  useEffect(() => () => reader.show([]), [reader]);
  return reader;
}
