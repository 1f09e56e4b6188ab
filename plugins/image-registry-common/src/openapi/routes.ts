import { ApiRoute } from './ApiRoute';
import { protectionRoutes } from './routes/protection';
import { registryRoutes } from './routes/registries';
import { rolloutRoutes } from './routes/rollouts';
import { targetRoutes } from './routes/targets';
import { webhookRoutes } from './routes/webhooks';

/** Every route of the REST contract, without the prefix `/api/image-registry`. */
export const apiRoutes: readonly ApiRoute[] = [
  ...registryRoutes,
  ...webhookRoutes,
  ...targetRoutes,
  ...rolloutRoutes,
  ...protectionRoutes,
];
