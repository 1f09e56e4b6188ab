import { VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'a1'.repeat(32)}`;

/**
 * https://www.alibabacloud.com/help/en/acr/user-guide/use-triggers
 */
export const alibabaAcr: VendorPayloads = {
  registry: {
    provider: 'alibaba-acr',
    address: 'https://registry.cn-hangzhou.aliyuncs.com',
  },
  proof: { in: 'url' },
  payloads: {
    'alibaba-acr-push': {
      body: {
        push_data: {
          digest,
          pushed_at: '2026-11-16 17:30:00',
          tag: 'v1.3.0',
        },
        repository: {
          date_created: '2026-01-02 03:04:05',
          name: 'webShop',
          namespace: 'shop',
          region: 'cn-hangzhou',
          repo_authentication_type: 'NO_CERTIFIED',
          repo_full_name: 'shop/webShop',
          repo_origin_type: 'NO_CERTIFIED',
          repo_type: 'PRIVATE',
        },
      },
      events: [
        { kind: 'push', repository: 'shop/webshop', tag: 'v1.3.0', digest },
      ],
    },
  },
};
