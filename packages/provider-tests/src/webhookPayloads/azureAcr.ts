import { bearer, VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'d4'.repeat(32)}`;
const host = 'acme.azurecr.io';

const image = {
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  digest,
  repository: 'shop/web',
};
const tagged = { ...image, size: 1024, length: 1024, tag: 'v1.3.0' };
const chart = {
  mediaType: 'application/vnd.acr.helm.chart',
  size: 21_400,
  digest,
  repository: 'charts',
  tag: 'web-1.3.0.tgz',
  name: 'web',
  version: '1.3.0.tgz',
};

const delivery = (action: string, target: object, request?: object) => ({
  id: '7d1f1f6a-0000-4000-8000-000000000001',
  timestamp: '2026-11-17T16:52:01.343145347Z',
  action,
  target,
  ...(request && {
    request: {
      id: '7d1f1f6a-0000-4000-8000-000000000002',
      host,
      useragent: 'docker/27.3.1 go/go1.23 os/linux arch/amd64',
      ...request,
    },
  }),
});
const pushed = delivery('push', tagged, { method: 'PUT' });
const push = {
  kind: 'push',
  repository: 'shop/web',
  tag: 'v1.3.0',
  digest,
} as const;
const ofChart = { repository: 'charts', tag: 'web-1.3.0.tgz', digest };

/**
 * https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference
 * https://learn.microsoft.com/azure/event-grid/event-schema-container-registry
 */
export const azureAcr: VendorPayloads = {
  registry: { provider: 'azure-acr', address: `https://${host}` },
  proof: bearer,
  payloads: {
    'azure-acr-push': { body: pushed, events: [push] },
    'azure-acr-delete': {
      body: delivery('delete', image, { method: 'DELETE' }),
      events: [{ kind: 'delete', repository: 'shop/web', digest }],
    },
    'azure-acr-chart_push': {
      body: delivery('chart_push', chart),
      events: [{ kind: 'chart', ...ofChart }],
    },
    'azure-acr-chart_delete': {
      body: delivery('chart_delete', chart),
      events: [{ kind: 'delete', ...ofChart }],
    },
    'azure-acr-ping': {
      body: { action: 'ping' },
      headers: { 'user-agent': 'AzureContainerRegistry/1.0' },
      events: [{ kind: 'test' }],
    },
    'azure-acr-eventgrid-classic-push': {
      // Event Grid sends no header of one's own.
      proof: { in: 'url' },
      body: [
        {
          id: '7d1f1f6a-0000-4000-8000-000000000003',
          topic:
            '/subscriptions/7d1f1f6a/resourceGroups/shop/providers/Microsoft.ContainerRegistry/registries/acme',
          subject: 'shop/web:v1.3.0',
          eventType: 'ImagePushed',
          eventTime: '2026-11-17T16:52:02.6549614Z',
          data: pushed,
          dataVersion: '1.0',
          metadataVersion: '1',
        },
      ],
      events: [push],
    },
  },
};
