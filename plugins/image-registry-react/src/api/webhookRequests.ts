import { WebhookEndpoint } from '@slipway/backstage-plugin-image-registry-common';
import { path, Requests } from './Requests';
import { WebhooksApi } from './WebhooksApi';

export function webhookRequests(requests: Requests): WebhooksApi {
  return {
    async listWebhookEndpoints(registryId, options) {
      const { items } = await requests.get<{ items: WebhookEndpoint[] }>(
        path('registries', registryId, 'webhook-endpoints'),
        undefined,
        options,
      );
      return items;
    },
    createWebhookEndpoint: (registryId, body) =>
      requests.send(
        'POST',
        path('registries', registryId, 'webhook-endpoints'),
        body,
      ),
    rotateWebhookEndpoint: (id, body) =>
      requests.send(
        'POST',
        path('webhook-endpoints', id, 'rotate'),
        body ?? {},
      ),
    installWebhook: (registryId, endpointId, body) =>
      requests.send(
        'POST',
        path(
          'registries',
          registryId,
          'webhook-endpoints',
          endpointId,
          'install',
        ),
        body ?? {},
      ),
    deleteWebhookEndpoint: id => requests.delete(path('webhook-endpoints', id)),
    listDeliveries: (query, options) =>
      requests.get('/deliveries', query, options),
    getDelivery: (id, options) =>
      requests.get(path('deliveries', id), undefined, options),
    replayDelivery: id =>
      requests.send('POST', path('deliveries', id, 'replay'), {}),
    listDecisions: (query, options) =>
      requests.get('/decisions', query, options),
  };
}
