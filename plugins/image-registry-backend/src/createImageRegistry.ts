import {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  entityPermissions,
  environmentManagePermission,
  freezeManagePermission,
  ImageRegistrySignal,
  protectionManagePermission,
  pullSecretManagePermission,
  registryCreatePermission,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import { buildOpenApiDocument } from '@slipway/backstage-plugin-image-registry-common/openapi';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access } from './access';
import { openDatabase } from './database';
import { refuseNullCharacters } from './http';
import { createImages } from './images';
import { createInbox } from './inbox';
import { Metrics, watchQueues } from './metrics';
import { createPolicies } from './policies';
import { createProtection } from './protection';
import { createPullSecrets } from './pullSecrets';
import {
  AuthorizedRegistries,
  createRegistries,
  createRegistriesRouter,
  readOutgoing,
  registryResourceType,
} from './registries';
import { scheduleCleaner } from './retention';
import { createRollouts } from './rollouts';
import { createTargets, Drivers } from './targets';
import { createWorkloads } from './workloads';

/** What the whole backend is made of. */
export interface ImageRegistryOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: DiscoveryService;
  drivers: Drivers;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: Pick<NotificationService, 'send'>;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  providers: RegistryProvider[];
  scheduler: SchedulerService;
  userInfo: UserInfoService;
  publish(signal: ImageRegistrySignal): void;
}

/** The assembled rooms. */
export interface ImageRegistry {
  /** Mounted first: it reads raw bodies. */
  webhookRouter: Router;
  router: Router;
  start(): Promise<void>;
  /** Resolves when no work is under way any more. */
  stop(): Promise<void>;
}

/**
 * Assembles the rooms in the way of a push, from the registry that calls to
 * the rollout; nothing works in the background before `start`.
 */
export async function createImageRegistry(
  options: ImageRegistryOptions,
): Promise<ImageRegistry> {
  const { config, permissions, permissionsRegistry } = options;
  const knex = await openDatabase(options.database);
  const access = Access.create(options);

  const outgoing = readOutgoing(config);
  const registries = await createRegistries({ ...options, knex, outgoing });
  const { service } = registries;
  const authorized = new AuthorizedRegistries({
    registries: service,
    access,
    permissions,
  });
  permissionsRegistry.addResourceType(registryResourceType(service));
  permissionsRegistry.addPermissions([
    registryCreatePermission,
    environmentManagePermission,
    protectionManagePermission,
    freezeManagePermission,
    workloadCreatePermission,
    pullSecretManagePermission,
    ...entityPermissions,
  ]);

  const shared = { ...options, knex, access, authorized, registries: service };
  const targets = createTargets(shared);
  const images = createImages({
    ...shared,
    runningImages: entity => targets.service.runningImages(entity),
  });
  const metrics = Metrics.create(options);
  const inbox = await createInbox({
    ...shared,
    outgoing,
    timeAnswers: metrics.timeAnswers(),
    vault: registries.vault,
  });
  const protection = createProtection({
    ...shared,
    environments: targets.environments,
  });
  const rollouts = createRollouts({ ...shared, protection, targets });
  watchQueues(metrics, { events: inbox.events, rollouts: rollouts.store });
  const policies = createPolicies({
    ...shared,
    events: inbox.events,
    metrics,
    notices: protection.notices,
    rollouts,
    targets,
  });
  rollouts.addAutomation(policies.automation);
  inbox.addDecisionSource(policies.decisionsOf);
  inbox.onImageFact(image => rollouts.imageHeardOf(image));

  const pullSecrets = createPullSecrets({ ...shared, targets });
  const workloads = createWorkloads({ ...shared, protection, targets });

  const router = PromiseRouter();
  router.use(refuseNullCharacters);
  router.get('/openapi.json', (_request, response) => {
    response.json(buildOpenApiDocument());
  });
  router.use(
    createRegistriesRouter({ ...shared, registries }),
    images.router,
    inbox.router,
    targets.router,
    policies.router,
    protection.router,
    rollouts.router,
    pullSecrets.router,
    workloads.router,
  );

  return {
    webhookRouter: inbox.webhookRouter,
    router,
    async start() {
      await rollouts.start();
      await policies.start();
      await registries.start();
      await inbox.start();
      await pullSecrets.start();
      await scheduleCleaner(shared);
    },
    async stop() {
      metrics.stop();
      await pullSecrets.stop();
      await policies.stop();
      await rollouts.stop();
    },
  };
}
