import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { imageDeployFilter } from './availability';
import { createFromImageRouteRef, entityDeployRouteRef } from './routes';

const deployContent = EntityContentBlueprint.make({
  name: 'deploy',
  params: {
    path: '/deploy',
    title: 'Deploy',
    filter: imageDeployFilter,
    routeRef: entityDeployRouteRef,
    loader: () => import('./tab').then(({ DeployTab }) => <DeployTab />),
  },
});

const deployCard = EntityCardBlueprint.make({
  name: 'deploy',
  params: {
    type: 'content',
    filter: imageDeployFilter,
    loader: () => import('./card').then(({ DeployCard }) => <DeployCard />),
  },
});

/**
 * Deploys images to what a component runs, for the new frontend system. The
 * client of the backend comes from the plugin `image-registry`.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'image-deploy',
  title: 'Image deploy',
  info: { packageJson: () => import('../package.json') },
  routes: { entityDeploy: entityDeployRouteRef },
  externalRoutes: { createFromImage: createFromImageRouteRef },
  extensions: [deployContent, deployCard],
});
