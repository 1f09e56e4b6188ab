import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** The tab where a component is deployed. @public */
export const entityDeployRouteRef = createRouteRef({
  id: 'image-deploy:entity-deploy',
});

/**
 * The form of the plugin `image-registry` that makes a component from an
 * image.
 * @public
 */
export const createFromImageRouteRef = createExternalRouteRef({
  id: 'image-deploy:create-from-image',
  optional: true,
  defaultTarget: 'image-registry.createFromImage',
});
