import { deploymentReadPermission } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { noRollout } from '../../http';
import { Access } from '../../access';
import { RolloutStore } from '../RolloutStore';
import { ManualReturns } from './ManualReturns';

/** @internal */
export interface ReturnsRouterOptions {
  access: Access;
  returns: ManualReturns;
  rollouts: RolloutStore;
}

/** To what a target may be returned, before somebody does. */
export function createReturnsRouter(options: ReturnsRouterOptions): Router {
  const { access, returns, rollouts } = options;
  const router = PromiseRouter();

  router.get('/rollouts/:id/returns', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const rollout = await rollouts.get(id);
    const { entityRef } = rollout;
    if (
      !(await access.mayOnEntity(actor, entityRef, deploymentReadPermission))
    ) {
      throw noRollout(id);
    }
    response.json(await returns.of(rollout));
  });

  return router;
}
