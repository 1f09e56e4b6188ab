import {
  AuditorService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  Decision,
  ImageRegistrySignal,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  createRegistryHttp,
  WebhookKeySource,
} from '@slipway/backstage-plugin-image-registry-node';
import { RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { Access } from '../access';
import {
  AuthorizedRegistries,
  Outgoing,
  RegistryService,
  Vault,
} from '../registries';
import { createDeliveriesRouter } from './deliveriesRouter';
import { DeliveryStore } from './DeliveryStore';
import { DeliveryWriter } from './DeliveryWriter';
import { createEndpointsRouter } from './endpointsRouter';
import { EndpointStore } from './EndpointStore';
import { EventQueue } from './EventQueue';
import { FollowUps } from './FollowUps';
import { Replayer } from './Replayer';
import { SecretKeys } from './SecretKeys';
import { WebhookKeys } from './WebhookKeys';
import { createWebhookRouter } from './webhookRouter';
import { readWebhookBaseUrl } from './webhookUrl';

/** A vendor waits a few seconds for an answer that needs its keys; in ms. */
const OUTGOING_TIMEOUTS = { connectMs: 1500, headersMs: 2000, bodyMs: 2000 };

/** Options of {@link createInbox}. */
export interface InboxOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  config: RootConfigService;
  discovery: DiscoveryService;
  /** How vendors are called for their keys and handshakes. */
  outgoing: Outgoing;
  logger: LoggerService;
  registries: RegistryService;
  scheduler: SchedulerService;
  /** Stands before the open route, to measure it. */
  timeAnswers: RequestHandler;
  /** Encrypts the secrets that are keys of HMACs. */
  vault: Vault;
  /** Reads the keys that vendors sign with; for tests. */
  keys?: WebhookKeySource;
  publish(signal: ImageRegistrySignal): void;
}

/** Tells what was decided on events. */
export type DecisionSource = (eventIds: string[]) => Promise<Decision[]>;

/** Hears of an image about which there is something new to know. */
export type ImageFactListener = (image: {
  registryId: string;
  repository: string;
}) => void;

/** The room of what registries call. */
export interface InboxRoom {
  /** The open route. Mounted first: it reads raw bodies. */
  webhookRouter: Router;
  router: Router;
  /** Events that wait for a decision. */
  events: EventQueue;
  /** Begins the background work. */
  start(): Promise<void>;
  /** Shows decisions beside the deliveries that led to them. */
  addDecisionSource(source: DecisionSource): void;
  /** Calls when a registry says that an image was scanned or signed. */
  onImageFact(listener: ImageFactListener): void;
}

/** Builds the inbox and mirrors the endpoints of app-config. */
export async function createInbox(options: InboxOptions): Promise<InboxRoom> {
  const { knex, registries } = options;
  const secretKeys = new SecretKeys(options);
  const endpoints = EndpointStore.create({ knex, keys: secretKeys });
  const events = EventQueue.create({ knex });
  const http = createRegistryHttp({
    registryId: 'webhooks',
    // No host is a registry here: none may be private.
    address: 'https://webhooks.invalid',
    title: 'Webhooks',
    tls: { verify: true },
    guard: options.outgoing.guard,
    proxy: options.outgoing.proxy,
    timeouts: OUTGOING_TIMEOUTS,
  });
  const followUps = new FollowUps({ ...options, http });
  const imageFactListeners: ImageFactListener[] = [];
  const shared = {
    ...options,
    endpoints,
    events,
    followUps,
    keys: options.keys ?? new WebhookKeys({ http }),
    imageFact: (image: Parameters<ImageFactListener>[0]) =>
      imageFactListeners.forEach(listener => listener(image)),
    writer: new DeliveryWriter(knex),
  };
  const deliveries = DeliveryStore.create({ knex });
  const decisionSources: DecisionSource[] = [];
  tellUsages(registries, endpoints);
  await mirrorEndpoints(registries, endpoints);

  return {
    webhookRouter: createWebhookRouter(shared),
    router: PromiseRouter().use(
      createEndpointsRouter({
        ...shared,
        webhookBaseUrl: await readWebhookBaseUrl(options),
      }),
      createDeliveriesRouter({
        ...shared,
        deliveries,
        replayer: new Replayer({ ...shared, deliveries }),
        async decisionsOf(eventIds) {
          const told = decisionSources.map(source => source(eventIds));
          return (await Promise.all(told)).flat();
        },
      }),
    ),
    events,
    start: () => schedule(options.scheduler, { followUps, secretKeys }),
    addDecisionSource: source => {
      decisionSources.push(source);
    },
    onImageFact: listener => {
      imageFactListeners.push(listener);
    },
  };
}

async function schedule(
  scheduler: SchedulerService,
  work: { followUps: FollowUps; secretKeys: SecretKeys },
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'image-registry-reencrypt-webhook-secrets',
    scope: 'global',
    frequency: { hours: 1 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 10 },
    fn: signal => work.secretKeys.reencrypt(signal),
  });
  await scheduler.scheduleTask({
    id: 'image-registry-follow-webhooks-up',
    scope: 'global',
    frequency: { seconds: 30 },
    initialDelay: { seconds: 10 },
    timeout: { minutes: 5 },
    fn: signal => work.followUps.run(signal),
  });
}

/** Tells of each registry which endpoints people made for it. */
function tellUsages(
  registries: RegistryService,
  endpoints: EndpointStore,
): void {
  registries.addUsageSource(async registryId => {
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
}

async function mirrorEndpoints(
  registries: RegistryService,
  endpoints: EndpointStore,
): Promise<void> {
  const configured = registries.configuredEndpoints();
  for (const endpoint of configured) {
    await endpoints.mirror(endpoint);
  }
  await endpoints.removeConfiguredExcept(configured.map(({ id }) => id));
}
