import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { createFromImageRouteRef, entityDeployRouteRef } from './routes';

/**
 * Deploys images to what a component runs. The client of the backend comes
 * from the plugin `image-registry`, which has to be installed, too.
 *
 * @public
 */
export const imageDeployPlugin = createPlugin({
  id: 'image-deploy',
  routes: { entityDeploy: entityDeployRouteRef },
  externalRoutes: { createFromImage: createFromImageRouteRef },
});

/**
 * The deploy tab of a component's page.
 *
 * @public
 */
export const EntityImageDeployContent = imageDeployPlugin.provide(
  createRoutableExtension({
    name: 'EntityImageDeployContent',
    component: () => import('./tab').then(module => module.DeployTab),
    mountPoint: entityDeployRouteRef,
  }),
);

/**
 * A card for a component's overview: environments, images and health.
 *
 * @public
 */
export const EntityDeployCard = imageDeployPlugin.provide(
  createComponentExtension({
    name: 'EntityDeployCard',
    component: {
      lazy: () => import('./card').then(module => module.DeployCard),
    },
  }),
);
