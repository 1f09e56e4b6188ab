import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import {
  AddressGuard,
  createAddressGuard,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { JsonObject } from '@backstage/types';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Access } from '../access';
import { builtInProviders } from '../providers';
import { AuthorizedRegistries, createRegistries } from '../registries';

const once = { attempts: 1, firstDelayMs: 1, longestWaitMs: 1 };
const impatient = { interactive: once, webhook: once, background: once };

/** 32 bytes in base64. */
export const testKey = {
  id: 'test',
  secret: Buffer.alloc(32, 7).toString('base64'),
};

/** The room of registries on a test's database, for tests. */
export async function testRegistries(options: {
  knex: Knex;
  imageRegistry?: JsonObject;
  providers?: RegistryProvider[];
  entities?: Entity[];
  permissions?: PermissionsService;
  /** Lets this machine be called by default. */
  guard?: AddressGuard;
}) {
  const signals: ImageRegistrySignal[] = [];
  const config = mockServices.rootConfig({
    data: {
      imageRegistry: {
        encryption: { keys: [testKey] },
        ...options.imageRegistry,
      },
    },
  });
  const auth = mockServices.auth();
  const catalog = catalogServiceMock({ entities: options.entities ?? [] });
  const permissions =
    options.permissions ??
    mockServices.permissions({ result: AuthorizeResult.ALLOW });
  const guard =
    options.guard ??
    createAddressGuard({ allowedLoopback: ['127.0.0.1', 'localhost'] });
  const registries = await createRegistries({
    knex: options.knex,
    config,
    logger: mockServices.logger.mock(),
    scheduler: mockServices.scheduler.mock(),
    auth,
    catalog,
    providers: options.providers ?? builtInProviders(),
    outgoing: { guard },
    publish: signal => signals.push(signal),
    http: { patience: impatient },
  });
  const access = Access.create({
    auth,
    httpAuth: mockServices.httpAuth(),
    userInfo: mockServices.userInfo(),
    permissions,
    catalog,
    config,
  });
  const authorized = new AuthorizedRegistries({
    registries: registries.service,
    access,
    permissions,
  });
  return { registries, access, authorized, permissions, signals, catalog };
}
