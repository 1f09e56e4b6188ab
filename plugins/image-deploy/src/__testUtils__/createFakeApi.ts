import {
  ImageDetails,
  Page,
  Registry,
  Rollout,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi } from '@slipway/backstage-plugin-image-registry-react';
import {
  createDiff,
  createEnvironment,
  createProgress,
  createRollout,
  createTarget,
  digestOf,
  entityRef,
  minutesAgo,
} from './fixtures';

function page<T>(items: T[]): Page<T> {
  return { items, totalItems: items.length };
}

const registry: Registry = {
  id: 'company',
  name: 'company',
  provider: 'harbor',
  address: 'https://registry.example.com',
  options: {},
  tls: { verify: true },
  grants: [{ to: 'all' }],
  isDefault: true,
  source: 'database',
  hasCredentials: true,
  status: { state: 'connected', checkedAt: minutesAgo(1) },
  version: 1,
} as Registry;

const tags = [
  { tag: 'v1.3.0', digest: digestOf('c'), pushedAt: minutesAgo(1) },
  { tag: 'v1.2.9', digest: digestOf('a'), pushedAt: minutesAgo(60) },
  { tag: 'v2.0.0-rc.1', digest: digestOf('d'), pushedAt: minutesAgo(30) },
  { tag: 'latest', digest: digestOf('c'), pushedAt: minutesAgo(1) },
];

/** The image behind a tag or digest of the fake registry. */
export function createImage(reference: string): ImageDetails {
  const found = tags.find(
    ({ tag, digest }) => tag === reference || digest === reference,
  );
  return {
    registryId: 'company',
    repository: 'apps/web',
    tag: found?.tag,
    digest: found?.digest ?? digestOf('f'),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    kind: 'image',
    annotations: {},
    platforms: [],
    pullReference: `registry.example.com/apps/web:${reference}`,
  };
}

/**
 * A backend with one component in two environments. What a test is about is
 * given; what no page should ask for is missing and fails loudly.
 */
export function createFakeApi(
  overrides: Partial<ImageRegistryApi> & {
    targets?: Target[];
    rollouts?: Rollout[];
  } = {},
): ImageRegistryApi {
  const {
    targets = [createTarget()],
    rollouts = targets.map((target, index) =>
      createRollout(target, { id: `rollout-${index + 1}` }),
    ),
    ...methods
  } = overrides;
  const api: Partial<ImageRegistryApi> = {
    listTargets: async () => ({
      items: targets,
      clusters: [{ name: 'eu', reachable: true }],
      lostPlaces: [],
      searched: 'backstage.io/kubernetes-id=web',
    }),
    listEnvironments: async () => [
      createEnvironment('staging', 1),
      createEnvironment('production', 2),
    ],
    listPolicies: async () => page([]),
    listRegistries: async () => page([registry]),
    listProviders: async () => [],
    listRollouts: async query =>
      page(
        rollouts.filter(
          ({ environment }) =>
            !query?.environment || environment === query.environment,
        ),
      ),
    getRollout: async id =>
      createProgress(rollouts.find(rollout => rollout.id === id)!),
    getRolloutReturns: async id => ({
      previous: rollouts.find(rollout => rollout.id === id)?.previous,
      there: 'yes',
    }),
    getImage: async (_registryId, query) => createImage(query.reference),
    compareImages: async ({ from, to }) => ({
      from: { digest: from, tags: ['v1.2.9'] },
      to: { digest: to, tags: ['v1.3.0'] },
      between: [],
      direction: 'forward',
      orderedBy: 'pushed',
      complete: true,
    }),
    listTags: async () => ({ ...page(tags), complete: true }),
    previewRollout: async () => createDiff(targets[0]),
    createRollout: async () => createRollout(targets[0], { state: 'queued' }),
    getComponentSources: async () => ({
      items: [
        {
          image: { registryId: 'company', repository: 'apps/web' },
          origin: 'inferred',
        },
      ],
      suggestions: [],
    }),
    listWebhookEndpoints: async () => [],
    getTagHistory: async () => ({
      from: minutesAgo(30 * 24 * 60),
      to: minutesAgo(0),
      before: [],
      changes: [],
    }),
    listDecisions: async () => page([]),
    listPods: async () => [
      {
        name: 'web-7d9f-abcde',
        phase: 'Running',
        ready: true,
        restarts: 0,
        digest: digestOf('a'),
        startedAt: minutesAgo(5),
      },
    ],
    getPodLog: async () => 'listening on :8080',
    listHolds: async () => [],
    listFreezes: async () => [],
    listApprovals: async () => page([]),
    createHold: async body => ({
      id: 'hold-1',
      targetKey: targets[0].key,
      entityRef,
      reason: body.reason,
      author: 'user:default/owner',
      createdAt: minutesAgo(0),
    }),
    ...methods,
  };
  return api as ImageRegistryApi;
}
