import { bearer, VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'b2'.repeat(32)}`;

/** Tencent Container Registry, "Managing triggers". */
export const tencentTcr: VendorPayloads = {
  registry: {
    provider: 'tencent-tcr',
    address: 'https://shop.tencentcloudcr.com',
  },
  proof: bearer,
  payloads: {
    'tencent-tcr-push': {
      body: {
        type: 'pushImage',
        occur_at: 1_763_285_400,
        event_data: {
          resources: [
            {
              digest,
              tag: 'v1.3.0',
              resource_url: 'shop.tencentcloudcr.com/shop/web:v1.3.0',
            },
          ],
          repository: {
            date_created: 1_763_200_000,
            name: 'web',
            namespace: 'shop',
            repo_full_name: 'shop/web',
            repo_type: 'private',
          },
        },
        operator: '100012345678',
      },
      events: [{ kind: 'push', repository: 'shop/web', tag: 'v1.3.0', digest }],
    },
  },
};
