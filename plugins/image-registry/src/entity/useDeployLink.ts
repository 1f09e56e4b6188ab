import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';

/** An image that somebody is about to deploy. */
export interface ImageToDeploy {
  registryId: string;
  repository: string;
  tag?: string;
  digest: string;
}

/**
 * The address of the deploy tab of the component, with the deploy dialog open
 * for an image.
 */
export function useDeployLink(): (image?: ImageToDeploy) => string {
  const { entity } = useEntity();
  const tab = `${useRouteRef(entityRouteRef)(
    entityRouteParams(entity),
  )}/deploy`;
  return image => {
    if (!image) {
      return tab;
    }
    const query = new URLSearchParams({
      deploy: image.registryId,
      repository: image.repository,
      reference: image.tag ?? image.digest,
      digest: image.digest,
    });
    return `${tab}?${query}`;
  };
}
