import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  imageRegistryApiRef,
  ImageRegistryClient,
} from '@slipway/backstage-plugin-image-registry-react';
import { entityImagesRouteRef, rootRouteRef } from './routes';

/**
 * The plugin for the legacy frontend system.
 *
 * @public
 */
export const imageRegistryPlugin = createPlugin({
  id: 'image-registry',
  routes: { root: rootRouteRef, entityImages: entityImagesRouteRef },
  apis: [
    createApiFactory({
      api: imageRegistryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => ImageRegistryClient.create(dependencies),
    }),
  ],
});

/**
 * The page with registries, environments and the webhook log.
 *
 * @public
 */
export const ImageRegistryPage = imageRegistryPlugin.provide(
  createRoutableExtension({
    name: 'ImageRegistryPage',
    component: () => import('./page').then(m => m.ImageRegistryPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab with the images of a component.
 *
 * @public
 */
export const EntityImagesContent = imageRegistryPlugin.provide(
  createRoutableExtension({
    name: 'EntityImagesContent',
    component: () => import('./entity').then(m => m.EntityImagesContent),
    mountPoint: entityImagesRouteRef,
  }),
);

/**
 * The card for a component's overview: what runs, and the newest image.
 *
 * @public
 */
export const EntityImageCard = imageRegistryPlugin.provide(
  createComponentExtension({
    name: 'EntityImageCard',
    component: {
      lazy: () => import('./entity').then(m => m.EntityImageCard),
    },
  }),
);
