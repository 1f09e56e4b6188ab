import { VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'18'.repeat(32)}`;
const layerType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
const owner = { login: 'Acme', id: 7, type: 'Organization', site_admin: false };
const time = '2026-11-17T10:00:00Z';
const unknownTime = '0001-01-01T00:00:00Z';

/** The type may say npm where the rest says what it is. */
const container = (tag: string) => ({
  id: 31,
  name: 'web',
  namespace: 'Acme/shop',
  description: null,
  ecosystem: 'docker',
  package_type: 'npm',
  html_url: 'https://github.com/Acme/shop/packages/31',
  created_at: time,
  updated_at: time,
  owner,
  package_version: {
    id: 32,
    version: digest,
    name: digest,
    summary: 'The shop',
    manifest: '',
    target_commitish: 'main',
    created_at: unknownTime,
    updated_at: unknownTime,
    metadata: [],
    container_metadata: {
      // The commit stands where a digest is expected.
      tag: { name: tag, digest: `sha256:${'29'.repeat(20)}` },
      labels: { description: 'The shop', all_labels: {} },
      manifest: {
        digest: `sha256:${'29'.repeat(20)}`,
        media_type: 'application/vnd.docker.distribution.manifest.v2+json',
        uri: 'repositories/Acme/web/manifests/latest',
        size: 1782,
        config: {
          media_type: 'application/vnd.docker.container.image.v1+json',
          size: 7205,
        },
        layers: [{ media_type: layerType, size: 2048 }],
      },
    },
    package_files: [],
    package_url: `ghcr.io/Acme/web:${tag}`,
  },
  registry: { name: 'GitHub CONTAINER registry', type: 'CONTAINER' },
});
const repository = { id: 30, name: 'shop', full_name: 'Acme/shop', owner };
const sender = { login: 'octo', id: 8, type: 'User' };

/** https://docs.github.com/webhooks/webhook-events-and-payloads#package */
export const github: VendorPayloads = {
  registry: { provider: 'ghcr', address: 'https://ghcr.io' },
  proof: {
    in: 'hmac',
    name: 'x-hub-signature-256',
    algorithm: 'sha256',
    prefix: 'sha256=',
  },
  payloads: {
    'ghcr-package-published': {
      headers: { 'x-github-event': 'package' },
      body: {
        action: 'published',
        package: container(''),
        repository,
        sender,
      },
      events: [{ kind: 'push', repository: 'acme/web', digest }],
    },
    'ghcr-registry_package-published': {
      headers: { 'x-github-event': 'registry_package' },
      body: {
        action: 'published',
        registry_package: container('v1.3.0'),
        repository,
        sender,
      },
      events: [{ kind: 'push', repository: 'acme/web', tag: 'v1.3.0', digest }],
    },
    'ghcr-package-published-minimal-upper-case': {
      headers: { 'x-github-event': 'package' },
      body: {
        action: 'published',
        package: {
          name: 'web',
          package_type: 'CONTAINER',
          owner: { login: 'Acme' },
          package_version: {
            name: 'v1.3.0',
            container_metadata: { tag: { name: 'v1.3.0' } },
          },
        },
      },
      events: [{ kind: 'push', repository: 'acme/web', tag: 'v1.3.0' }],
    },
    'github-ping': {
      headers: { 'x-github-event': 'ping' },
      body: {
        zen: 'Keep it.',
        hook_id: 41,
        hook: {
          type: 'Repository',
          id: 41,
          name: 'web',
          active: true,
          events: ['package'],
          config: { content_type: 'json', insecure_ssl: '0' },
          last_response: { code: null, status: 'unused', message: null },
        },
        repository,
        sender,
      },
      events: [{ kind: 'test' }],
    },
  },
};
