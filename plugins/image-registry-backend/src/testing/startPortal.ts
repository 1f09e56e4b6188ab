import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  Entity,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import {
  imageRegistryDeployDriversExtensionPoint,
  imageRegistryProvidersExtensionPoint,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { isSqlite } from '../database';
import { imageRegistryPlugin } from '../plugin';
import { FakeCluster } from './FakeCluster';
import { FakeRegistry } from './FakeRegistry';
import { allowEverything, httpAuth, userInfo } from './people';

/** A component of the team shop, unless another owner is given. */
export function component(
  name: string,
  change: { owner?: string; annotations?: Record<string, string> } = {},
): Entity {
  const { owner = 'group:default/team-shop', annotations = {} } = change;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: RELATION_OWNED_BY, targetRef: owner }],
  };
}

/** A user of the catalog with the groups it is in. */
export function user(name: string, ...memberOf: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: memberOf.map(targetRef => ({
      type: RELATION_MEMBER_OF,
      targetRef,
    })),
  };
}

const team = [
  user('owner', 'group:default/team-shop'),
  user('second-owner', 'group:default/team-shop'),
  user('outsider', 'group:default/team-other'),
  user('admin', 'group:default/admins'),
];

/** The secret of the endpoint `config-local-push`. */
export const webhookSecret = 'a-secret-of-the-registry-local';

/**
 * The whole backend plugin behind a real HTTP server, on a test's database,
 * with one registry `local`, whose endpoint `config-local-push` may speak for
 * everything and `config-local-shop` for `shop/*`, and one cluster `local`.
 */
export async function startPortal(options: {
  knex: Knex;
  entities?: Entity[];
  imageRegistry?: JsonObject;
  grants?: JsonObject[];
  permissions?: PermissionsService;
}) {
  const registry = new FakeRegistry();
  const cluster = new FakeCluster();
  const state = { entities: [...team, ...(options.entities ?? [])] };
  const catalog = new Proxy(
    {},
    {
      get: (_, name) => {
        const now = catalogServiceMock({ entities: state.entities });
        // Whoever awaits it looks for a `then`, which it has not.
        return now[name as keyof CatalogService]?.bind(now);
      },
    },
  ) as CatalogService;
  const auditor = mockServices.auditor.mock();
  const outcomes: string[] = [];
  auditor.createEvent.mockImplementation(async event => ({
    success: async () => {
      outcomes.push(`${event.eventId}/${event.meta?.queryType}: success`);
    },
    fail: async () => {
      outcomes.push(`${event.eventId}/${event.meta?.queryType}: fail`);
    },
  }));
  const scheduler = mockServices.scheduler();
  const notifications: NotificationSendOptions[] = [];
  const signals: JsonObject[] = [];
  const logger = mockServices.rootLogger.mock();
  logger.child.mockImplementation(() => logger);

  const backend = await startTestBackend({
    features: [
      imageRegistryPlugin,
      createBackendModule({
        pluginId: 'image-registry',
        moduleId: 'fakes',
        register(env) {
          env.registerInit({
            deps: {
              providers: imageRegistryProvidersExtensionPoint,
              drivers: imageRegistryDeployDriversExtensionPoint,
            },
            async init({ providers, drivers }) {
              providers.addProvider(registry.provider());
              drivers.addDriver(cluster);
            },
          });
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({
          getClient: async () => options.knex,
          migrations: { skip: true },
        }),
      }),
      createServiceFactory({
        service: coreServices.httpAuth,
        deps: {},
        factory: () => httpAuth,
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => userInfo,
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => options.permissions ?? allowEverything,
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => auditor,
      }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => logger,
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            notifications.push(notification);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async ({ message }) => {
            signals.push({ ...Object(message) });
          },
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            auth: {
              externalAccess: [
                {
                  type: 'static',
                  options: { token: 'x', subject: 'deployer' },
                  accessRestrictions: [{ plugin: 'image-registry' }],
                },
              ],
            },
          },
          imageRegistry: {
            encryption: {
              keys: [
                { id: 'k', secret: Buffer.alloc(32, 7).toString('base64') },
              ],
            },
            outgoing: { allowedLoopback: ['127.0.0.1'] },
            ...options.imageRegistry,
            registries: {
              local: {
                provider: 'fake',
                address: 'https://registry.test',
                ...(options.grants && { grants: options.grants }),
                webhookEndpoints: {
                  push: { secret: webhookSecret },
                  shop: {
                    secret: 'a-secret-for-the-shop',
                    repositories: ['shop/*'],
                  },
                },
              },
            },
          },
        },
      }),
    ],
  });
  if (isSqlite(options.knex)) {
    // A test's data need not survive the machine.
    await options.knex.raw('PRAGMA synchronous = OFF');
  }
  const address = backend.server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server has no port');
  }
  const base = `http://127.0.0.1:${address.port}/api/image-registry`;
  return {
    base,
    registry,
    cluster,
    auditor,
    outcomes,
    logger,
    /** What people were told. */
    notifications,
    /** What open pages were told. */
    signals,
    scheduler,
    stop: () => backend.stop(),
    knex: options.knex,
    entities: state,
    /** A call by REST; the body is sent as JSON. */
    async call(
      method: string,
      path: string,
      headers: Record<string, string> = {},
      body?: unknown,
    ) {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        text,
        body: text.startsWith('{') ? JSON.parse(text) : undefined,
      };
    },
    /** What Docker Registry sends after a push. */
    async announce(
      images: string[],
      change: { timestamp?: string; endpoint?: string; secret?: string } = {},
    ) {
      const { endpoint = 'config-local-push', secret = webhookSecret } = change;
      const response = await fetch(`${base}/webhooks/${endpoint}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          events: images.map(image => ({
            action: 'push',
            timestamp: change.timestamp,
            target: {
              repository: image.split(':')[0],
              tag: image.split(':')[1],
            },
          })),
        }),
      });
      return { status: response.status, body: await response.json() };
    },
  };
}

/** What {@link startPortal} answers. */
export type Portal = Awaited<ReturnType<typeof startPortal>>;
