import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiAddBoxLine, RiShipLine } from '@remixicon/react';
import {
  imageRegistryApiRef,
  ImageRegistryClient,
} from '@slipway/backstage-plugin-image-registry-react';
import {
  createFromImageRouteRef,
  entityImagesRouteRef,
  rootRouteRef,
} from './routes';

const imageRegistryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: imageRegistryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => ImageRegistryClient.create(dependencies),
    }),
});

const imageRegistryPage = PageBlueprint.make({
  params: {
    path: '/image-registry',
    title: 'Image registries',
    icon: <RiShipLine fontSize="inherit" />,
    routeRef: rootRouteRef,
    // Its own header is translated, the framework's is not.
    noHeader: true,
    loader: () => import('./page').then(m => <m.ImageRegistryPage />),
  },
});

const createFromImagePage = PageBlueprint.make({
  name: 'create',
  params: {
    path: '/create-from-image',
    title: 'Create from an image',
    icon: <RiAddBoxLine fontSize="inherit" />,
    routeRef: createFromImageRouteRef,
    noHeader: true,
    loader: () => import('./create').then(m => <m.CreateFromImagePage />),
  },
});

const entityImagesContent = EntityContentBlueprint.make({
  name: 'images',
  params: {
    path: '/images',
    title: 'Images',
    routeRef: entityImagesRouteRef,
    filter: { kind: 'component' },
    loader: () => import('./entity').then(m => <m.EntityImagesContent />),
  },
});

const entityImageCard = EntityCardBlueprint.make({
  name: 'image',
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () => import('./entity').then(m => <m.EntityImageCard />),
  },
});

const entityCreateCard = EntityCardBlueprint.make({
  name: 'create',
  params: {
    type: 'info',
    filter: { kind: { $in: ['group', 'system'] } },
    loader: () => import('./create').then(m => <m.EntityCreateFromImageCard />),
  },
});

/**
 * The plugin for the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'image-registry',
  title: 'Image registries',
  icon: <RiShipLine fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    createFromImage: createFromImageRouteRef,
    entityImages: entityImagesRouteRef,
  },
  extensions: [
    imageRegistryApi,
    imageRegistryPage,
    createFromImagePage,
    entityImagesContent,
    entityImageCard,
    entityCreateCard,
  ],
});
