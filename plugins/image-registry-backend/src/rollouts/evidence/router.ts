import { NotFoundError } from '@backstage/errors';
import { deploymentReadPermission } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { noRollout } from '../../http';
import { Access } from '../../access';
import { RolloutStore } from '../RolloutStore';
import { EvidenceStore } from './EvidenceStore';

/** @internal */
export interface EvidenceRouterOptions {
  access: Access;
  evidenceStore: EvidenceStore;
  rollouts: RolloutStore;
}

/** What failed rollouts left, for those who may read the logs of a target. */
export function createEvidenceRouter(options: EvidenceRouterOptions): Router {
  const { access, evidenceStore, rollouts } = options;
  const router = PromiseRouter();

  router.get('/rollouts/:id/evidence', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const { entityRef } = await rollouts.get(id);
    if (
      !(await access.mayOnEntity(actor, entityRef, deploymentReadPermission))
    ) {
      throw noRollout(id);
    }
    const evidence = await evidenceStore.of(id);
    if (!evidence) {
      throw refusal(
        NotFoundError,
        because(
          'nothing-left',
          'Nothing is left of this rollout: it left nothing, or it is no longer kept',
        ),
      );
    }
    response.json(evidence);
  });

  return router;
}
