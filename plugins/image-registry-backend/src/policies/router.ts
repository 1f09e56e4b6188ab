import { AuditorService } from '@backstage/backend-plugin-api';
import {
  CreatePolicy,
  createPolicySchema,
  decisionsQuerySchema,
  deploymentReadPermission,
  policiesQuerySchema,
  policyUpdatePermission,
  previewPolicySchema,
  tagHistoryQuerySchema,
  updatePolicySchema,
} from '@slipway/backstage-plugin-image-registry-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access, Actor } from '../access';
import { audited, noPolicy, parse } from '../http';
import { AuthorizedRegistries } from '../registries';
import { DecisionStore } from './DecisionStore';
import { PolicyService } from './PolicyService';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { PolicyPreviewer } from './preview';

/** @internal */
export interface PoliciesRouterOptions {
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  decisions: DecisionStore;
  policies: PolicyStore;
  previewer: PolicyPreviewer;
  service: PolicyService;
}

const EVENT = 'policy-mutate';

/** Auto-build policies and what they decided. */
export function createPoliciesRouter(options: PoliciesRouterOptions): Router {
  const { access, auditor, policies, previewer, service } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/policies', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(policiesQuerySchema, request.query, 'query');
    if (query.entityRef) {
      const entity = await access.requireEntity(
        actor,
        query.entityRef,
        deploymentReadPermission,
      );
      query.entityRef = stringifyEntityRef(entity);
    }
    const page = await policies.list(query);
    const visible = await visiblePolicies(access, actor, page.items);
    response.json({ ...page, items: await service.views(visible) });
  });

  router.post('/policies/preview', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(previewPolicySchema, request.body);
    await requireKnownRegistry(options, actor, body, deploymentReadPermission);
    response.json(await previewer.preview(actor, body));
  });

  router.get('/policies/changes', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(tagHistoryQuerySchema, request.query, 'query');
    const { entityRef, ...image } = query;
    const of = { entityRef, image };
    await requireKnownRegistry(options, actor, of, deploymentReadPermission);
    response.json(await previewer.history(actor, query));
  });

  router.post('/policies', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(createPolicySchema, request.body);
    const policy = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'create',
        meta: { entityRef: body.entityRef, target: { ...body.target } },
      },
      async () => {
        await requireKnownRegistry(options, actor, body);
        return service.create(actor, body);
      },
    );
    response.status(201).json(policy);
  });

  router.get('/policies/:id', async (request, response) => {
    const actor = await access.actor(request);
    const policy = await readable(options, actor, request.params.id);
    response.json((await service.views([policy]))[0]);
  });

  router.patch('/policies/:id', async (request, response) => {
    const actor = await access.actor(request);
    const body = parse(updatePolicySchema, request.body);
    const { id } = request.params;
    const policy = await audited(
      auditor,
      { request, eventId: EVENT, queryType: 'update', meta: { policyId: id } },
      async () => {
        if (body.image) {
          const { entityRef } = await policies.get(id);
          const { image } = body;
          await requireKnownRegistry(options, actor, { entityRef, image });
        }
        return service.update(actor, id, body);
      },
    );
    response.json(policy);
  });

  router.delete('/policies/:id', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'delete',
        severityLevel: 'high',
        meta: { policyId: id },
      },
      () => service.remove(actor, id),
    );
    response.status(204).end();
  });

  router.post('/policies/:id/accept-listing', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const policy = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'accept-listing',
        meta: { policyId: id },
      },
      () => service.acceptListing(actor, id),
    );
    response.json(policy);
  });

  router.post('/policies/:id/evaluate', async (request, response) => {
    const actor = await access.actor(request);
    const { id } = request.params;
    const policy = await audited(
      auditor,
      {
        request,
        eventId: EVENT,
        queryType: 'evaluate',
        meta: { policyId: id },
      },
      () => service.evaluate(actor, id),
    );
    response.json(policy);
  });

  router.get('/decisions', async (request, response) => {
    const actor = await access.actor(request);
    const query = parse(decisionsQuerySchema, request.query, 'query');
    const policy = await readable(options, actor, query.policyId);
    response.json(await options.decisions.ofPolicy(policy, query));
  });

  return router;
}

/** A registry that the caller may not know of is answered as if missing. */
async function requireKnownRegistry(
  { access, authorized }: PoliciesRouterOptions,
  actor: Actor,
  { entityRef, image }: Pick<CreatePolicy, 'entityRef' | 'image'>,
  permission: Parameters<Access['requireEntity']>[2] = policyUpdatePermission,
): Promise<void> {
  const entity = await access.requireEntity(actor, entityRef, permission);
  await authorized.requireKnown(actor, entity, image.registryId, [
    image.repository,
  ]);
}

async function readable(
  { access, policies }: PoliciesRouterOptions,
  actor: Actor,
  id: string,
): Promise<StoredPolicy> {
  const policy = await policies.get(id);
  const visible = await access.mayOnEntity(
    actor,
    policy.entityRef,
    deploymentReadPermission,
  );
  if (!visible) {
    throw noPolicy(id);
  }
  return policy;
}

async function visiblePolicies(
  access: Access,
  actor: Actor,
  policies: StoredPolicy[],
): Promise<StoredPolicy[]> {
  const entityRefs = [...new Set(policies.map(policy => policy.entityRef))];
  const visible = new Set<string>();
  await Promise.all(
    entityRefs.map(async entityRef => {
      if (
        await access.mayOnEntity(actor, entityRef, deploymentReadPermission)
      ) {
        visible.add(entityRef);
      }
    }),
  );
  return policies.filter(policy => visible.has(policy.entityRef));
}
