import {
  createWebhookEndpointSchema,
  decisionsQuerySchema,
  decisionsSchema,
  deliveriesQuerySchema,
  deliveriesSchema,
  deliveryDetailsSchema,
  deliverySchema,
  installedWebhookSchema,
  installWebhookSchema,
  rotateWebhookEndpointSchema,
  webhookAcceptedSchema,
  webhookEndpointSchema,
  webhookEndpointSecretSchema,
} from '../../api';
import {
  componentWebhookEndpointPermission,
  deliveryReadPermission,
  deliveryReplayPermission,
  deploymentReadPermission,
  registryReadPermission,
  webhookEndpointManagePermission,
} from '../../permissions';
import { ApiRoute, itemsOf, notFound } from '../ApiRoute';

const secret = {
  description: 'The endpoint and its new secret, shown this once',
  schema: webhookEndpointSecretSchema,
};

/** Endpoints that registries call, what they sent, and what came of it. */
export const webhookRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/registries/{id}/webhook-endpoints',
    operationId: 'listWebhookEndpoints',
    summary: 'The webhook endpoints of a registry',
    permissions: [registryReadPermission],
    responses: {
      200: {
        description: 'The endpoints, without their secrets',
        schema: itemsOf(webhookEndpointSchema),
      },
    },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/registries/{id}/webhook-endpoints',
    operationId: 'createWebhookEndpoint',
    summary: 'Make a webhook endpoint',
    permissions: [
      webhookEndpointManagePermission,
      componentWebhookEndpointPermission,
    ],
    body: createWebhookEndpointSchema,
    responses: { 201: secret },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/webhook-endpoints/{id}/rotate',
    operationId: 'rotateWebhookEndpoint',
    summary: 'Give an endpoint a second secret, or replace the first',
    permissions: [
      webhookEndpointManagePermission,
      componentWebhookEndpointPermission,
    ],
    body: rotateWebhookEndpointSchema,
    responses: { 200: secret },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/registries/{registryId}/webhook-endpoints/{id}/install',
    operationId: 'installWebhook',
    summary: "Have the vendor's API make the webhook that calls an endpoint",
    permissions: [webhookEndpointManagePermission],
    body: installWebhookSchema,
    responses: {
      200: { description: 'Made', schema: installedWebhookSchema },
    },
    errors: notFound,
  },
  {
    method: 'delete',
    path: '/webhook-endpoints/{id}',
    operationId: 'deleteWebhookEndpoint',
    summary: 'Remove a webhook endpoint',
    permissions: [
      webhookEndpointManagePermission,
      componentWebhookEndpointPermission,
    ],
    responses: { 204: { description: 'Removed' } },
    errors: notFound,
  },
  receive(
    '/webhooks/{endpointId}',
    'receiveWebhook',
    "The endpoint's secret in a header, as Basic password or as signature",
  ),
  receive(
    '/webhooks/{endpointId}/{token}',
    'receiveWebhookByUrl',
    "The endpoint's secret in the URL, for vendors that can send no header",
  ),
  {
    method: 'get',
    path: '/deliveries',
    operationId: 'listDeliveries',
    summary: 'What registries sent',
    permissions: [deliveryReadPermission],
    query: deliveriesQuerySchema,
    responses: {
      200: { description: 'A page of deliveries', schema: deliveriesSchema },
    },
  },
  {
    method: 'get',
    path: '/deliveries/{id}',
    operationId: 'getDelivery',
    summary: 'One delivery with its body and the decisions about it',
    permissions: [deliveryReadPermission],
    responses: {
      200: { description: 'The delivery', schema: deliveryDetailsSchema },
    },
    errors: notFound,
  },
  {
    method: 'post',
    path: '/deliveries/{id}/replay',
    operationId: 'replayDelivery',
    summary: 'Process a delivery again',
    permissions: [deliveryReplayPermission],
    responses: {
      202: { description: 'The new delivery', schema: deliverySchema },
    },
    errors: { ...notFound, 409: 'Its body was cleaned away' },
  },
  {
    method: 'get',
    path: '/decisions',
    operationId: 'listDecisions',
    summary: 'Why each push did or did not deploy by a policy',
    permissions: [deploymentReadPermission],
    query: decisionsQuerySchema,
    responses: {
      200: { description: 'A page of decisions', schema: decisionsSchema },
    },
    errors: notFound,
  },
];

function receive(path: string, operationId: string, open: string): ApiRoute {
  return {
    method: 'post',
    path,
    operationId,
    summary: 'Where registries send their events',
    permissions: [],
    open,
    anyBody: true,
    responses: {
      202: {
        description: 'Stored, to be decided',
        schema: webhookAcceptedSchema,
      },
    },
    errors: {
      404: 'There is no such endpoint',
      413: 'The body is larger than 1 MiB',
      415: 'The media type is none that the registry sends',
    },
  };
}
