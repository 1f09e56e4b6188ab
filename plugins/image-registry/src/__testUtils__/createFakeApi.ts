import { Page } from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi } from '@slipway/backstage-plugin-image-registry-react';
import {
  createDelivery,
  createEndpoint,
  createImage,
  createRegistry,
  deliveries,
  environments,
  providers,
  registries,
  tags,
  targets,
} from './fixtures';

const page = <T>(items: T[]): Page<T> => ({ items, totalItems: items.length });

/** A portal with a little in it, without a backend. */
export function createFakeApi(
  overrides: Partial<ImageRegistryApi> = {},
): Partial<ImageRegistryApi> {
  return {
    listProviders: async () => providers,
    listRegistries: async () => page(registries),
    createRegistry: async body =>
      createRegistry({ id: 'new', name: body.name, address: body.address }),
    checkConnection: async () => ({
      ok: false,
      steps: [
        { name: 'address', ok: true, durationMs: 34 },
        {
          name: 'tls',
          ok: true,
          message: "Let's Encrypt, valid 61 days",
          durationMs: 21,
        },
        { name: 'authenticate', ok: true, durationMs: 80 },
        {
          name: 'list',
          ok: false,
          message: 'Harbor answered 403',
          hint: 'The robot account lacks "Repository: List" in project apps.',
          durationMs: 45,
        },
        { name: 'pull', ok: false, skipped: true, durationMs: 0 },
      ],
    }),
    checkRegistry: async () => ({
      ok: true,
      steps: [{ name: 'address', ok: true, durationMs: 12 }],
    }),
    listRegistryUsages: async () => ({
      items: [
        {
          kind: 'policy',
          id: 'policy-1',
          entityRef: 'component:default/web',
          title: 'web in production',
        },
      ],
      hidden: 2,
    }),
    listRepositories: async (_registryId, query) => ({
      ...page(
        ['apps/api', 'apps/web', 'apps/worker']
          .filter(repository => repository.includes(query?.search ?? ''))
          .map(repository => ({ repository, tagCount: 12 })),
      ),
      complete: true,
    }),
    listTags: async (_registryId, query) => ({
      ...page(tags.filter(({ tag }) => tag.includes(query.search ?? ''))),
      complete: true,
      readAt: new Date().toISOString(),
    }),
    getImage: async (_registryId, query) =>
      createImage({
        repository: query.repository,
        tag: query.reference.includes(':') ? undefined : query.reference,
      }),
    getImageFindings: async () => ({ problems: [] }),
    getComponentSources: async () => ({
      items: [
        {
          image: { registryId: 'company', repository: 'apps/web' },
          origin: 'inferred',
        },
      ],
      suggestions: [],
    }),
    listTargets: async () => ({
      items: targets,
      clusters: [{ name: 'eu', reachable: true }],
      lostPlaces: [],
    }),
    listWebhookEndpoints: async () => [createEndpoint()],
    createWebhookEndpoint: async () => ({
      endpoint: createEndpoint(),
      secret: 'the-very-secret',
      urlWithToken: `${createEndpoint().url}/the-very-secret`,
    }),
    listDeliveries: async query =>
      page(
        deliveries.filter(
          ({ outcome }) => !query?.outcome || outcome === query.outcome,
        ),
      ),
    getDelivery: async id => createDelivery({ id }),
    listEnvironments: async () => environments,
    reviewEnvironment: async id => ({
      environmentId: id,
      registryId: 'company',
      places: [
        {
          cluster: 'eu',
          complete: true,
          skipped: 0,
          namespaces: [
            {
              namespace: 'shop-staging',
              deploy: { ok: true, missing: [] },
              pull: { state: 'ok' },
            },
          ],
        },
      ],
    }),
    listFreezes: async () => [],
    listApprovals: async () => page([]),
    listHolds: async () => [],
    listRollouts: async () => page([]),
    listClusters: async () => [
      { name: 'eu', reachable: true },
      {
        name: 'us',
        reachable: false,
        message: 'connect ECONNREFUSED 10.9.0.1:6443',
        since: new Date(Date.now() - 600_000).toISOString(),
      },
    ],
    ...overrides,
  };
}
