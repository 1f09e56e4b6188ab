import { bearer, VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'c3'.repeat(32)}`;
const push = { kind: 'push', repository: 'shop/web', digest } as const;

/**
 * Not among the reference: the vendor publishes no body. Its events and
 * fields are named like those of Harbor.
 */
export const huaweiSwr: VendorPayloads = {
  registry: {
    provider: 'huawei-swr',
    address: 'https://swr.cn-north-4.myhuaweicloud.com',
  },
  proof: bearer,
  payloads: {
    'huawei-swr-push': {
      body: {
        type: 'PUSH_ARTIFACT',
        occur_at: 1_763_285_400,
        event_data: {
          resources: ['v1.3.0', 'latest'].map(tag => ({
            digest,
            tag,
            resource_url: `swr.cn-north-4.myhuaweicloud.com/shop/web:${tag}`,
          })),
          repository: {
            name: 'web',
            namespace: 'shop',
            repo_full_name: 'shop/web',
            repo_type: 'private',
          },
        },
        operator: '100012345678',
      },
      events: [
        { ...push, tag: 'v1.3.0' },
        { ...push, tag: 'latest' },
      ],
    },
  },
};
