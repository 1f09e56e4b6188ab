import {
  Delivery,
  DeliveryDetails,
  Environment,
  ImageDetails,
  ProviderDescriptor,
  Registry,
  TagItem,
  Target,
  WebhookEndpoint,
} from '@slipway/backstage-plugin-image-registry-common';

/** A digest that begins with the given hex digits. */
export const digest = (start: string) => `sha256:${start.padEnd(64, '0')}`;

const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

const capabilities = {
  catalog: true,
  pushTime: true,
  size: true,
  search: true,
};

export const providers: ProviderDescriptor[] = [
  {
    id: 'distribution',
    title: 'Docker Registry / OCI',
    hosts: [],
    capabilities: { ...capabilities, pushTime: false, size: false },
    form: {
      addressPlaceholder: 'https://registry.example.com',
      anonymous: true,
      fields: [
        {
          name: 'username',
          in: 'credentials',
          type: 'text',
          label: 'User name',
          required: true,
          translations: { zh: { label: '用户名' } },
        },
        {
          name: 'password',
          in: 'credentials',
          type: 'secret',
          label: 'Password',
          required: true,
          translations: { zh: { label: '密码' } },
        },
      ],
    },
    webhook: {
      authentication: 'header',
      steps: [
        'Open the configuration of the registry at {{address}}.',
        'Add the endpoint below and restart the registry.',
      ],
      snippet:
        'notifications:\n  endpoints:\n    - url: {{url}}\n      headers:\n        Authorization: [Bearer {{secret}}]',
      translations: {
        zh: ['打开 {{address}} 的配置。', '添加下面的端点并重启镜像仓库。'],
      },
    },
  },
  {
    id: 'two-ways',
    title: 'Two ways',
    hosts: [],
    capabilities,
    form: {
      addressPlaceholder: 'registry.example.com',
      anonymous: false,
      methods: [
        { id: 'keys', label: 'Access keys' },
        { id: 'password', label: 'Password' },
      ],
      addressLabel: 'URI',
      fields: [
        {
          name: 'region',
          in: 'options',
          type: 'text',
          label: 'Region',
          fromHost: ['^two\\.([a-z]+-[0-9])\\.example\\.com$'],
        },
        {
          name: 'account',
          in: 'options',
          type: 'text',
          label: 'Account',
          fromHost: ['^([0-9]{4})\\.example\\.com$'],
          readOnly: true,
        },
        {
          name: 'accessKey',
          method: 'keys',
          in: 'credentials',
          type: 'text',
          label: 'Access key',
          required: true,
        },
        {
          name: 'password',
          method: 'password',
          in: 'credentials',
          type: 'secret',
          label: 'Docker password',
          required: true,
        },
      ],
    },
    webhook: {
      authentication: 'oidc',
      settings: [
        {
          name: 'audience',
          in: 'options',
          type: 'text',
          label: 'Audience',
          required: true,
        },
      ],
      steps: ['Push to {{url}} from {{host}}, {{namespace}}: {{repositories}}'],
    },
  },
  {
    id: 'harbor',
    title: 'Harbor',
    hosts: ['harbor.example.com'],
    capabilities,
    form: {
      addressPlaceholder: 'https://harbor.example.com',
      namespaceLabel: 'Project',
      anonymous: true,
      fields: [
        {
          name: 'username',
          in: 'credentials',
          type: 'text',
          label: 'Robot account',
          helperText: 'For example robot$apps+portal',
          required: true,
        },
        {
          name: 'password',
          in: 'credentials',
          type: 'secret',
          label: 'Secret',
          required: true,
        },
      ],
    },
  },
];

/** A registry with everything set; override what a test is about. */
export function createRegistry(changes: Partial<Registry> = {}): Registry {
  return {
    id: 'company',
    name: 'company',
    provider: 'harbor',
    address: 'https://harbor.example.com',
    options: {},
    tls: { verify: true },
    namespace: 'apps',
    grants: [{ to: 'all' }],
    isDefault: true,
    source: 'database',
    hasCredentials: true,
    username: 'robot$apps+portal',
    status: { state: 'connected', checkedAt: minutesAgo(3) },
    version: 4,
    createdAt: minutesAgo(9000),
    updatedAt: minutesAgo(200),
    usedBy: 14,
    may: { update: true, delete: true, manageWebhooks: true },
    ...changes,
  };
}

export const registries: Registry[] = [
  createRegistry(),
  createRegistry({
    id: 'legacy',
    name: 'legacy-registry-with-a-rather-long-name-of-sixty-characters',
    provider: 'distribution',
    address: 'http://10.2.0.7:5000',
    namespace: undefined,
    isDefault: false,
    grants: [
      {
        to: {
          owners: ['group:default/web', 'group:default/shop'],
          systems: ['system:default/checkout'],
        },
      },
    ],
    status: {
      state: 'unreachable',
      checkedAt: minutesAgo(20),
      message: '10.2.0.7:5000 did not answer within 5 s',
    },
    usedBy: 0,
  }),
  createRegistry({
    id: 'config-hub',
    name: 'hub',
    provider: 'distribution',
    address: 'https://registry-1.docker.io',
    namespace: 'acme',
    isDefault: false,
    source: 'config',
    usedBy: 2,
    may: { update: false, delete: false, manageWebhooks: true },
  }),
];

export const tags: TagItem[] = [
  {
    tag: 'v1.3.0',
    digest: digest('9f2c1a7b'),
    pushedAt: minutesAgo(5),
    size: 48_200_000,
    platforms: [
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64', variant: 'v8' },
    ],
  },
  {
    tag: 'latest',
    digest: digest('9f2c1a7b'),
    pushedAt: minutesAgo(5),
    size: 48_200_000,
  },
  {
    tag: 'v1.2.9',
    digest: digest('71aa03de'),
    pushedAt: minutesAgo(2880),
    size: 48_000_000,
    platforms: [{ os: 'linux', architecture: 'amd64' }],
  },
  {
    tag: 'feature-a-very-long-branch-name-that-somebody-once-used-0001',
    digest: digest('03de5566'),
    pushedAt: minutesAgo(12960),
    size: 47_900_000,
    platforms: [{ os: 'linux', architecture: 'amd64' }],
  },
];

export function createImage(changes: Partial<ImageDetails> = {}): ImageDetails {
  return {
    registryId: 'company',
    repository: 'apps/web',
    tag: 'v1.3.0',
    digest: digest('9f2c1a7b'),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    kind: 'image',
    size: 48_200_000,
    createdAt: minutesAgo(12),
    pushedAt: minutesAgo(5),
    annotations: {},
    pullReference: `harbor.example.com/apps/web:v1.3.0@${digest('9f2c1a7b')}`,
    platforms: ['amd64', 'arm64'].map((architecture, index) => ({
      platform: { os: 'linux', architecture },
      digest: digest(`aa0${index}`),
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      imageId: digest(`bb0${index}`),
      size: 48_200_000,
      createdAt: minutesAgo(12),
      layers: [
        {
          digest: digest('01'),
          mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
          size: 29_000_000,
          instruction: 'ADD rootfs.tar.xz / # buildkit',
        },
        {
          digest: digest('02'),
          mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
          size: 19_200_000,
          instruction: 'COPY --chown=node:node dist /srv/app # buildkit',
        },
      ],
      labels: {
        'org.opencontainers.image.source': 'https://git.example.com/shop/web',
        'org.opencontainers.image.revision':
          '4f1d2e3c4b5a69788796a5b4c3d2e1f001122334',
        maintainer: 'Team Shop',
      },
      environment: ['NODE_ENV=production', 'PORT=8080'],
      exposedPorts: ['8080/tcp'],
      entrypoint: ['node'],
      command: ['server.js'],
      user: 'node',
      workingDirectory: '/srv/app',
    })),
    ...changes,
  };
}

export const targets: Target[] = [
  {
    key: 'eu/shop-staging/Deployment/web/web',
    ref: {
      cluster: 'eu',
      namespace: 'shop-staging',
      kind: 'Deployment',
      name: 'web',
      container: 'web',
    },
    environment: 'staging',
    image: 'harbor.example.com/apps/web:v1.3.0',
    digest: digest('9f2c1a7b'),
    tag: 'v1.3.0',
    registryId: 'company',
    repository: 'apps/web',
    replicas: 3,
    readyReplicas: 3,
    updatedReplicas: 3,
    health: 'Healthy',
    owners: [],
    writable: { ok: true },
  },
];

export const environments: Environment[] = [
  {
    id: 'staging',
    name: 'staging',
    order: 10,
    places: [{ cluster: 'eu', namespaces: ['*-staging'] }],
    owners: [],
    systems: [],
    protection: {},
    version: 1,
  },
  {
    id: 'production',
    name: 'production',
    order: 20,
    places: [
      { cluster: 'eu', namespaces: ['*-prod'] },
      { cluster: 'us', namespaces: ['shop-prod'] },
    ],
    defaultRegistryId: 'company',
    owners: ['group:default/shop'],
    systems: [],
    protection: {},
    version: 2,
  },
];

export function createEndpoint(
  changes: Partial<WebhookEndpoint> = {},
): WebhookEndpoint {
  return {
    id: 'endpoint-1',
    registryId: 'company',
    name: 'apps project',
    url: 'http://localhost:7007/api/image-registry/webhooks/endpoint-1',
    urlWarning: {
      code: 'webhook-url-localhost',
      message: 'localhost is the machine of whoever calls, not this portal',
      params: { host: 'localhost' },
    },
    authentication: 'header',
    source: 'database',
    secrets: [{ id: 's1', createdAt: minutesAgo(60) }],
    createdAt: minutesAgo(60),
    refusals: { count: 0 },
    ...changes,
  };
}

export function createDelivery(
  changes: Partial<DeliveryDetails> = {},
): DeliveryDetails {
  return {
    id: 'delivery-1',
    registryId: 'company',
    endpointId: 'endpoint-1',
    receivedAt: minutesAgo(5),
    format: 'harbor-default',
    outcome: 'deployed',
    bytes: 812,
    events: [
      {
        id: 'event-1',
        registryId: 'company',
        kind: 'push',
        repository: 'apps/web',
        tag: 'v1.3.0',
        digest: digest('9f2c1a7b'),
        pushedBy: 'robot$apps+ci',
        receivedAt: minutesAgo(5),
        outcome: 'deployed',
        attempts: 1,
      },
    ],
    headers: {
      'content-type': 'application/json',
      authorization: '[redacted]',
    },
    body: '{"type":"PUSH_ARTIFACT","event_data":{"resources":[{"tag":"v1.3.0"}]}}',
    decisions: [
      {
        id: 'decision-1',
        policyId: 'policy-1',
        policyVersion: 1,
        entityRef: 'component:default/web',
        repository: 'apps/web',
        tag: 'v1.3.0',
        digest: digest('9f2c1a7b'),
        outcome: 'accepted',
        reason: {
          code: 'push-version-higher',
          message: 'v1.3.0 is a higher version than v1.2.9',
          params: { tag: 'v1.3.0', head: 'v1.2.9' },
        },
        decidedAt: minutesAgo(5),
      },
    ],
    ...changes,
  };
}

export const deliveries: Delivery[] = [
  createDelivery(),
  createDelivery({
    id: 'delivery-2',
    outcome: 'ignored',
    reason: {
      code: 'version-unreadable',
      message: 'Is not a version such as 1.2.3',
    },
    receivedAt: minutesAgo(70),
  }),
  createDelivery({ id: 'delivery-3', outcome: 'refused', events: [] }),
];
