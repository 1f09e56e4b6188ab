import { ApiRoute } from './ApiRoute';
import { placeRoutes } from './routes/places';
import { protectionRoutes } from './routes/protection';
import { registryRoutes } from './routes/registries';
import { rolloutRoutes } from './routes/rollouts';
import { targetRoutes } from './routes/targets';
import { webhookRoutes } from './routes/webhooks';
import { workloadRoutes } from './routes/workloads';

/** Every route of the REST contract, without the prefix `/api/image-registry`. */
export const apiRoutes: readonly ApiRoute[] = [
  ...registryRoutes,
  ...webhookRoutes,
  ...targetRoutes,
  ...placeRoutes,
  ...workloadRoutes,
  ...rolloutRoutes,
  ...protectionRoutes,
];
