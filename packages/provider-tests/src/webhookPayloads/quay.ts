import { VendorPayloads } from './VendorPayloads';

const place = {
  name: 'web',
  repository: 'acme/web',
  namespace: 'acme',
  docker_url: 'quay.io/acme/web',
  homepage: 'https://quay.io/repository/acme/web',
};
const repository = 'acme/web';
const other = { kind: 'other', repository } as const;

/** https://docs.quay.io/guides/notifications.html */
export const quay: VendorPayloads = {
  registry: { provider: 'quay', address: 'https://quay.io' },
  proof: { in: 'url' },
  payloads: {
    'quay-push': {
      body: { ...place, updated_tags: ['v1.3.0'] },
      events: [{ kind: 'push', repository, tag: 'v1.3.0' }],
    },
    // What it pushed is told by a push of its own.
    'quay-build-success': {
      body: {
        ...place,
        homepage: `${place.homepage}/build/4711`,
        build_id: '4711',
        build_name: 'nightly',
        docker_tags: ['v1.3.0', 'latest'],
        trigger_id: '12',
        trigger_kind: 'github',
        trigger_metadata: {
          default_branch: 'main',
          ref: 'refs/heads/main',
          commit: '4b'.repeat(20),
        },
        image_id: '34',
      },
      events: [other],
    },
    'quay-quota-warning': {
      body: {
        namespace: 'acme',
        homepage: 'https://quay.io/organization/acme',
        threshold_percent: 80,
        usage_bytes: 902_000_000,
        limit_bytes: 1_073_741_824,
        usage_percent: 84,
        usage_bytes_formatted: '860.21 MB',
        limit_bytes_formatted: '1.00 GB',
      },
      events: [{ kind: 'other' }],
    },
    'quay-repo-image-expiry': {
      body: { ...place, tags: ['latest', 'v1.3.0'], expiring_in: '3 days' },
      events: [other],
    },
    'quay-repo-mirror-sync-success': {
      body: { ...place, message: 'Mirrored 2 tags' },
      events: [other],
    },
    'quay-vulnerability-found': {
      body: {
        ...place,
        tags: ['latest', 'v1.3.0'],
        image: '34',
        vulnerability: {
          id: 'CVE-2026-0001',
          description: 'An example',
          link: 'https://security.example.com/CVE-2026-0001',
          priority: 'Critical',
        },
      },
      events: [
        { kind: 'scan', repository, tag: 'latest' },
        { kind: 'scan', repository, tag: 'v1.3.0' },
      ],
    },
  },
};
