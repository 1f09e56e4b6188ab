import { AuditorService } from '@backstage/backend-plugin-api';
import {
  attachPullSecretSchema,
  deploymentCreatePermission,
  deploymentReadPermission,
  entityRefSchema,
  keepPullSecretSchema,
  placeQuerySchema,
  pullSecretManagePermission,
  removePullSecretQuerySchema,
  testPullSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Access } from '../access';
import { audited, parse, withDriverErrors, withRegistryErrors } from '../http';
import { Drivers, targetOf } from '../targets';
import { EnvironmentReviews } from './EnvironmentReviews';
import { PullSecretService } from './PullSecretService';
import { TargetPulls } from './TargetPulls';
import { TestPulls } from './TestPulls';

/** @internal */
export interface PullSecretsRouterOptions {
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  pulls: TargetPulls;
  reviews: EnvironmentReviews;
  secrets: PullSecretService;
  tests: TestPulls;
}

const entityQuerySchema = z.strictObject({ entityRef: entityRefSchema });

/** Failures of the cluster and of the registry, both as answers. */
function withErrors<T>(call: () => Promise<T>): Promise<T> {
  return withRegistryErrors(() => withDriverErrors(call));
}

/** Rights of places, pull secrets, and what targets pull with. */
export function createPullSecretsRouter(
  options: PullSecretsRouterOptions,
): Router {
  const router = PromiseRouter();
  router.use(express.json());
  addPlaceRoutes(router, options);
  addTargetRoutes(router, options);
  return router;
}

function addPlaceRoutes(
  router: Router,
  { access, auditor, drivers, reviews, secrets }: PullSecretsRouterOptions,
): void {
  router.get('/places/access', async (request, response) => {
    const actor = await access.actor(request);
    const place = parse(placeQuerySchema, request.query, 'query');
    await access.require(actor, pullSecretManagePermission);
    const review = await withErrors(async () =>
      (await drivers.places(place)).accessReview(place),
    );
    response.json(review);
  });

  router.get('/environments/:id/review', async (request, response) => {
    const actor = await access.actor(request);
    await access.require(actor, pullSecretManagePermission);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.json(await reviews.review(request.params.id, gone.signal));
  });

  router.get('/pull-secrets', async (request, response) => {
    const actor = await access.actor(request);
    await access.require(actor, pullSecretManagePermission);
    response.json({ items: await secrets.list() });
  });

  router.post('/pull-secrets', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(keepPullSecretSchema, request.body);
    const kept = await audited(
      auditor,
      {
        request,
        eventId: 'pull-secret-mutate',
        queryType: 'keep',
        severityLevel: 'high',
        meta: { ...body, serviceAccount: body.serviceAccount ?? '' },
      },
      async () => {
        await access.require(actor, pullSecretManagePermission);
        return withErrors(() => secrets.keep({ ...body, author: actor.ref }));
      },
    );
    response.status(201).json(kept);
  });

  router.delete('/pull-secrets', async (request, response) => {
    const actor = await access.actor(request);
    const key = parse(removePullSecretQuerySchema, request.query, 'query');
    await audited(
      auditor,
      {
        request,
        eventId: 'pull-secret-mutate',
        queryType: 'remove',
        severityLevel: 'high',
        meta: { ...key },
      },
      async () => {
        await access.require(actor, pullSecretManagePermission);
        await withErrors(() => secrets.remove(key));
      },
    );
    response.status(204).end();
  });
}

function addTargetRoutes(
  router: Router,
  { access, auditor, pulls, tests }: PullSecretsRouterOptions,
): void {
  router.get('/targets/:key/platforms', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(entityQuerySchema, request.query, 'query');
    const target = targetOf(request.params.key);
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    response.json(await withErrors(() => pulls.platforms(entity, target)));
  });

  router.get('/targets/:key/pull-access', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef } = parse(entityQuerySchema, request.query, 'query');
    const target = targetOf(request.params.key);
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    response.json(await withErrors(() => pulls.access(entity, target)));
  });

  router.post('/targets/:key/pull-secret', async (request, response) => {
    const actor = await access.actor(request);
    const { entityRef, attach, image } = parse(
      attachPullSecretSchema,
      request.body,
    );
    const target = targetOf(request.params.key);
    const kept = await audited(
      auditor,
      {
        request,
        eventId: 'pull-secret-mutate',
        queryType: 'attach',
        severityLevel: 'high',
        meta: { entityRef, attach, target: { ...target } },
      },
      async () => {
        const entity = await access.requireEntity(
          actor,
          entityRef,
          deploymentCreatePermission,
        );
        return withErrors(() =>
          pulls.attach(entity, target, { attach, image, author: actor.ref }),
        );
      },
    );
    response.status(201).json(kept);
  });

  router.post('/targets/:key/test-pull', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(testPullSchema, request.body);
    const target = targetOf(request.params.key);
    const begun = await audited(
      auditor,
      {
        request,
        eventId: 'image-test-pull',
        queryType: 'pull',
        meta: { entityRef: body.entityRef, target: { ...target } },
      },
      async () => {
        const entity = await access.requireEntity(
          actor,
          body.entityRef,
          deploymentCreatePermission,
        );
        const { image } = body;
        return withErrors(() =>
          tests.start(entity, target, { image, author: actor.ref }),
        );
      },
    );
    response.status(202).json(begun);
  });

  router.get('/test-pulls/:id', async (request, response) => {
    const actor = await access.actor(request);
    const pull = await tests.get(request.params.id);
    await access.requireEntity(actor, pull.entityRef, deploymentReadPermission);
    response.json(pull);
  });

  router.delete('/test-pulls/:id', async (request, response) => {
    const actor = await access.actor(request);
    const pull = await tests.get(request.params.id);
    await audited(
      auditor,
      {
        request,
        eventId: 'image-test-pull',
        queryType: 'cancel',
        meta: { entityRef: pull.entityRef, id: pull.id },
      },
      async () => {
        await access.requireEntity(
          actor,
          pull.entityRef,
          deploymentCreatePermission,
        );
        await tests.cancel(pull);
      },
    );
    response.status(204).end();
  });
}
