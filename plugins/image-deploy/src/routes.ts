import { createRouteRef } from '@backstage/core-plugin-api';

/** The tab where a component is deployed. @public */
export const entityDeployRouteRef = createRouteRef({
  id: 'image-deploy:entity-deploy',
});
