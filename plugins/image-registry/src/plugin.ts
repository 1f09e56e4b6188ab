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
import {
  createFromImageRouteRef,
  entityImagesRouteRef,
  rootRouteRef,
} from './routes';

/**
 * The plugin for the legacy frontend system.
 *
 * @public
 */
export const imageRegistryPlugin = createPlugin({
  id: 'image-registry',
  routes: {
    root: rootRouteRef,
    createFromImage: createFromImageRouteRef,
    entityImages: entityImagesRouteRef,
  },
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
 * The form that makes a component from an image.
 *
 * @public
 */
export const CreateFromImagePage = imageRegistryPlugin.provide(
  createRoutableExtension({
    name: 'CreateFromImagePage',
    component: () => import('./create').then(m => m.CreateFromImagePage),
    mountPoint: createFromImageRouteRef,
  }),
);

/**
 * The card for the page of a group or a system that opens the form.
 *
 * @public
 */
export const EntityCreateFromImageCard = imageRegistryPlugin.provide(
  createComponentExtension({
    name: 'EntityCreateFromImageCard',
    component: {
      lazy: () => import('./create').then(m => m.EntityCreateFromImageCard),
    },
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
