import { VendorPayloads } from './VendorPayloads';

const envelope = {
  timestamp: '2026-11-17T10:00:00.664+0000',
  nodeId: '52905B51-00000000-00000000-00000000-00000000',
  initiator: 'ada/192.0.2.7',
  repositoryName: 'docker-hosted',
  action: 'CREATED',
};
const push = { kind: 'push', repository: 'shop/web', tag: 'v1.3.0' } as const;

/**
 * The samples of the documentation are of npm, these of Docker.
 * https://help.sonatype.com/en/example-headers-and-payloads.html
 */
export const nexus: VendorPayloads = {
  registry: {
    provider: 'nexus',
    address: 'https://nexus.example.com:5000',
    options: { repositoryName: 'docker-hosted' },
  },
  proof: {
    in: 'hmac',
    name: 'x-nexus-webhook-signature',
    algorithm: 'sha1',
  },
  payloads: {
    'nexus-component-created': {
      headers: { 'x-nexus-webhook-id': 'rm:repository:component' },
      body: {
        ...envelope,
        component: {
          id: '08909bf0c86cf6c9',
          componentId: 'ZG9ja2VyLWhvc3RlZDowODkwOWJm',
          format: 'docker',
          name: 'shop/web',
          group: null,
          version: 'v1.3.0',
        },
      },
      events: [push],
    },
    'nexus-asset-created': {
      headers: { 'x-nexus-webhook-id': 'rm:repository:asset' },
      body: {
        ...envelope,
        asset: {
          id: '31c950c8eeeab783',
          assetId: 'ZG9ja2VyLWhvc3RlZDozMWM5NTBj',
          format: 'docker',
          name: 'v2/shop/web/manifests/v1.3.0',
        },
      },
      events: [push],
    },
  },
};
