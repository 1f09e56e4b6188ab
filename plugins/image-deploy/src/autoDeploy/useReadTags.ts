import { useState } from 'react';
import { ImageRepository } from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryQuery,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';
import { ReadTags, readTags } from './readTags';

/** The most that the backend gives at once. */
const PAGE_SIZE = 5_000;

/** The tags of a repository, while they are read and after. */
export function useReadTags(
  entityRef: string,
  image: ImageRepository | undefined,
): Pick<ImageRegistryQuery<ReadTags>, 'value' | 'error' | 'refetch'> {
  const [sofar, setSofar] = useState<ReadTags>();
  const { loading, value, error, refetch } = useImageRegistryQuery(
    (api, signal) => {
      setSofar(undefined);
      return readTags(
        cursor =>
          api.listTags(
            image!.registryId,
            {
              repository: image!.repository,
              entityRef,
              limit: PAGE_SIZE,
              cursor,
            },
            { signal },
          ),
        read => {
          if (!signal.aborted) {
            setSofar(read);
          }
        },
      );
    },
    [entityRef, image?.registryId, image?.repository],
    { enabled: image !== undefined },
  );
  return { value: loading ? sofar : value, error, refetch };
}
