import { createRouteRef } from '@backstage/core-plugin-api';

/** The page with registries, environments and the webhook log. @public */
export const rootRouteRef = createRouteRef({ id: 'image-registry' });

/** The form that makes a component from an image. @public */
export const createFromImageRouteRef = createRouteRef({
  id: 'image-registry:create-from-image',
});

/** The tab with the images of a component. @public */
export const entityImagesRouteRef = createRouteRef({
  id: 'image-registry:entity-images',
});
