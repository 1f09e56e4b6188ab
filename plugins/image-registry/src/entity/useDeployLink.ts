import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { ImageToDeploy, imageQuery } from './imageQuery';

/**
 * The address of the deploy tab of the component, with the deploy dialog open
 * for an image.
 */
export function useDeployLink(): (image?: ImageToDeploy) => string {
  const { entity } = useEntity();
  const tab = `${useRouteRef(entityRouteRef)(
    entityRouteParams(entity),
  )}/deploy`;
  return image =>
    image ? `${tab}?${new URLSearchParams(imageQuery(image))}` : tab;
}
