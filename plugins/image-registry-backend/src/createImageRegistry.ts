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
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  entityPermissions,
  environmentManagePermission,
  ImageRegistrySignal,
  registryCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import { buildOpenApiDocument } from '@slipway/backstage-plugin-image-registry-common/openapi';
import {
  createAddressGuard,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access } from './access';
import { openDatabase } from './database';
import { refuseNullCharacters } from './http';
import {
  createImagesRouter,
  createSourcesRouter,
  DatabaseSourceStore,
  ImageService,
  SourceService,
} from './images';
import {
  Cleaner,
  createInboxRouter,
  createWebhookRouter,
  DeliveryStore,
  DeliveryWriter,
  EndpointStore,
  EventQueue,
  readRetention,
  scheduleCleaner,
} from './inbox';
import {
  Authority,
  createPoliciesRouter,
  Decider,
  DecisionStore,
  describeTarget,
  Dispatcher,
  PolicyEvaluator,
  PolicyService,
  PolicyStore,
  TagBaseline,
} from './policies';
import {
  AuthorizedRegistries,
  createRegistries,
  createRegistriesRouter,
  registryResourceType,
} from './registries';
import {
  createBlockedDigestGate,
  createHoldGate,
  createOrderGate,
  createRolloutsRouter,
  RolloutGate,
  RolloutPreflight,
  RolloutQueue,
  RolloutRunner,
  RolloutService,
  RolloutStore,
  RolloutWorker,
} from './rollouts';
import {
  createTargetsRouter,
  DatabaseEnvironmentStore,
  Drivers,
  TargetService,
  TargetStore,
} from './targets';

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

/** Assembles the rooms; nothing works in the background before `start`. */
export async function createImageRegistry(
  options: ImageRegistryOptions,
): Promise<ImageRegistry> {
  const { config, drivers, logger, publish, scheduler } = options;
  const knex = await openDatabase(options.database);
  const access = Access.create(options);

  const registries = await createRegistries({
    ...options,
    knex,
    guard: createAddressGuard({
      allowedLoopback: config.getOptionalStringArray(
        'imageRegistry.outgoing.allowedLoopback',
      ),
      allowedPrivate: config.getOptionalStringArray(
        'imageRegistry.outgoing.allowedPrivate',
      ),
    }),
  });
  const { service } = registries;
  const authorized = new AuthorizedRegistries({
    registries: service,
    access,
    permissions: options.permissions,
  });
  options.permissionsRegistry.addResourceType(registryResourceType(service));
  options.permissionsRegistry.addPermissions([
    registryCreatePermission,
    environmentManagePermission,
    ...entityPermissions,
  ]);

  const environments = DatabaseEnvironmentStore.create({ knex });
  const targetStore = TargetStore.create({ knex });
  const targets = TargetService.create({
    entity: ref => access.entity(ref),
    drivers,
    environments,
    targets: targetStore,
    registries: service,
  });

  const images = ImageService.create({ registries: service });
  const sources = SourceService.create({
    store: DatabaseSourceStore.create({ knex }),
    registries: service,
    images,
    logger,
    runningImages: entity => targets.runningImages(entity),
  });

  const rollouts = RolloutStore.create({ knex });
  const queue = RolloutQueue.create({
    rollouts,
    targets: targetStore,
    publish,
  });
  const rolloutService = new RolloutService({
    access,
    drivers,
    queue,
    registries: service,
    rollouts,
    targets,
    targetStore,
  });

  const endpoints = EndpointStore.create({ knex });
  const events = EventQueue.create({ knex });
  const writer = new DeliveryWriter(knex);

  const policies = PolicyStore.create({ knex });
  const decisions = DecisionStore.create({ knex });
  const authority = new Authority(access, service);
  const decider = new Decider({
    authority,
    decisions,
    environments,
    policies,
    queue,
    registries: service,
    rollouts,
    targetStore,
  });
  const evaluator = new PolicyEvaluator({
    baseline: new TagBaseline({ decider, decisions, policies, queue }),
    decider,
    decisions,
    policies,
    queue,
    registries: service,
    targetStore,
    publish,
  });
  const policyService = new PolicyService({
    access,
    authority,
    decisions,
    evaluator,
    logger,
    policies,
    queue,
    registries: service,
    targets,
    targetStore,
    publish,
  });
  rolloutService.addManualDeployHook(policyService.manualDeployHook);

  const gates: RolloutGate[] = [
    createOrderGate(rollouts),
    createHoldGate(targetStore),
    createBlockedDigestGate(targetStore),
    policyService.gate,
  ];
  const preflights: RolloutPreflight[] = [policyService.preflight];
  const worker = new RolloutWorker({
    logger,
    queue,
    rollouts,
    targetStore,
    runner: new RolloutRunner({
      access,
      drivers,
      gates,
      logger,
      preflights,
      registries: service,
      rollouts,
      targets,
      targetStore,
      publish,
    }),
  });
  const dispatcher = new Dispatcher({
    decider,
    decisions,
    events,
    logger,
    queue,
    registries: service,
    publish,
  });

  targets.addAnnotator(async keys => {
    const [open, successes, listening] = await Promise.all([
      rollouts.open(keys),
      rollouts.lastSuccesses(keys),
      policies.ofTargets(keys),
    ]);
    return new Map(
      keys.map(key => [
        key,
        {
          activeRolloutId: open.find(rollout => rollout.targetKey === key)?.id,
          deployedAt: successes.get(key)?.finishedAt,
          policyId: listening.find(policy => policy.targetKey === key)?.id,
        },
      ]),
    );
  });
  service.addUsageSource(async registryId => {
    const using = await policies.ofRegistry(registryId);
    return using.map(policy => ({
      kind: 'policy',
      id: policy.id,
      entityRef: policy.entityRef,
      title: describeTarget(policy.target),
    }));
  });
  service.addUsageSource(async registryId => {
    const made = await endpoints.list(registryId);
    return made
      .filter(endpoint => endpoint.source === 'database')
      .map(endpoint => ({
        kind: 'endpoint',
        id: endpoint.id,
        entityRef: endpoint.entityRef,
        title: endpoint.name,
      }));
  });

  const configured = service.configuredEndpoints();
  for (const endpoint of configured) {
    await endpoints.mirror(endpoint);
  }
  await endpoints.removeConfiguredExcept(configured.map(({ id }) => id));

  const shared = { access, auditor: options.auditor };
  const router = PromiseRouter();
  router.use(refuseNullCharacters);
  router.get('/openapi.json', (_request, response) => {
    response.json(buildOpenApiDocument());
  });
  router.use(
    createRegistriesRouter({ ...shared, registries, authorized }),
    createImagesRouter({ ...shared, authorized, registries: service, images }),
    createSourcesRouter({ ...shared, sources, publish }),
    createInboxRouter({
      ...shared,
      authorized,
      deliveries: DeliveryStore.create({ knex }),
      endpoints,
      events,
      registries: service,
      writer,
      webhookBaseUrl: await webhookBaseUrl(options),
      decisionsOf: eventIds => decisions.ofEvents(eventIds),
      publish,
    }),
    createTargetsRouter({ ...shared, drivers, environments, targets, publish }),
    createPoliciesRouter({
      ...shared,
      authorized,
      decisions,
      policies,
      service: policyService,
    }),
    createRolloutsRouter({
      ...shared,
      queue,
      rollouts,
      service: rolloutService,
      targets,
      targetStore,
      publish,
      onLift: (trx, key) => policyService.liftHook(trx, key),
      onResume: key => policyService.resume(key),
    }),
  );

  return {
    webhookRouter: createWebhookRouter({
      endpoints,
      events,
      logger,
      registries: service,
      writer,
      publish,
    }),
    router,
    async start() {
      worker.start();
      dispatcher.start();
      await registries.start();
      await scheduleCleaner({
        cleaner: Cleaner.create({ knex, retention: readRetention(config) }),
        logger,
        scheduler,
      });
      await scheduler.scheduleTask({
        id: 'image-registry-read-listings-again',
        scope: 'global',
        frequency: { minutes: 1 },
        timeout: { minutes: 10 },
        fn: () => policyService.lookAtBlocked(),
      });
    },
    async stop() {
      await dispatcher.stop();
      await worker.stop();
    },
  };
}

/** What registries call: the configured address, else the portal's own. */
async function webhookBaseUrl({
  config,
  discovery,
}: ImageRegistryOptions): Promise<string> {
  const base = config.getOptionalString('imageRegistry.webhook.baseUrl');
  return base
    ? `${base.replace(/\/+$/, '')}/api/image-registry`
    : discovery.getExternalBaseUrl('image-registry');
}
