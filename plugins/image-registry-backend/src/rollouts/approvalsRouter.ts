import { AuditorService } from '@backstage/backend-plugin-api';
import {
  approvalsQuerySchema,
  approveRolloutSchema,
  rejectRolloutSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access } from '../access';
import { audited, parse } from '../http';
import { Approvals } from './Approvals';

/** @internal */
export interface ApprovalsRouterOptions {
  access: Access;
  approvals: Approvals;
  auditor: AuditorService;
}

/** What waits for approvals, and what people say to it. */
export function createApprovalsRouter(options: ApprovalsRouterOptions): Router {
  const { access, approvals, auditor } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/approvals', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(approvalsQuerySchema, request.query, 'query');
    response.json(await approvals.list(actor, query));
  });

  router.post('/rollouts/:id/approve', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(approveRolloutSchema, request.body);
    const { id } = request.params;
    const rollout = await audited(
      auditor,
      {
        request,
        eventId: 'image-deploy',
        queryType: 'approve',
        severityLevel: 'high',
        meta: { rolloutId: id, digest: body.digest },
      },
      () => approvals.approve(actor, id, body),
    );
    response.json(rollout);
  });

  router.post('/rollouts/:id/reject', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(rejectRolloutSchema, request.body);
    const { id } = request.params;
    const rollout = await audited(
      auditor,
      {
        request,
        eventId: 'image-deploy',
        queryType: 'reject',
        severityLevel: 'high',
        meta: { rolloutId: id, reason: body.reason },
      },
      () => approvals.reject(actor, id, body),
    );
    response.json(rollout);
  });

  return router;
}
