import {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { Drivers, TargetsRoom } from '../targets';
import { DatabaseKeptSecretStore } from './KeptSecretStore';
import { PullSecretService } from './PullSecretService';
import { EnvironmentReviews } from './EnvironmentReviews';
import { NewNamespaces } from './NewNamespaces';
import { createPullSecretsRouter } from './router';
import { TargetPulls } from './TargetPulls';
import { TestPulls } from './TestPulls';
import { TestPullStore } from './TestPullStore';
import { Upkeeper } from './Upkeeper';

/** Options of {@link createPullSecrets}. */
export interface PullSecretsOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  logger: LoggerService;
  registries: RegistryService;
  scheduler: SchedulerService;
  targets: TargetsRoom;
  publish(signal: ImageRegistrySignal): void;
}

/** The room of pull secrets. */
export interface PullSecretsRoom {
  router: Router;
  start(): Promise<void>;
  /** Resolves when no test pull waits here any more. */
  stop(): Promise<void>;
}

/**
 * Builds the room that puts registries' logins into namespaces, and keeps them
 * fresh: logins that vendors issue live for an hour at least.
 */
export function createPullSecrets(
  options: PullSecretsOptions,
): PullSecretsRoom {
  const { knex, drivers, logger, registries, scheduler, targets } = options;
  const store = DatabaseKeptSecretStore.create({ knex });
  const secrets = PullSecretService.create({ drivers, registries, store });
  registries.addUsageSource(async registryId =>
    (await store.ofRegistry(registryId)).map(({ cluster, namespace }) => ({
      kind: 'pull-secret',
      id: `${cluster}/${namespace}`,
      title: `${cluster}/${namespace}`,
    })),
  );
  const pulls = new TargetPulls({
    drivers,
    registries,
    secrets,
    targets: targets.service,
  });
  const tests = new TestPulls({
    ...options,
    pulls,
    store: TestPullStore.create({ knex }),
  });
  const { environments } = targets;
  const reviews = new EnvironmentReviews({ drivers, environments, registries });
  const newNamespaces = new NewNamespaces({
    drivers,
    environments,
    logger,
    registries,
    service: secrets,
    store,
  });
  const upkeeper = Upkeeper.create({ logger, service: secrets, store });
  return {
    router: createPullSecretsRouter({
      ...options,
      pulls,
      reviews,
      secrets,
      tests,
    }),
    stop: () => tests.stop(),
    async start() {
      await scheduler.scheduleTask({
        id: 'image-registry-pull-secrets',
        frequency: { minutes: 5 },
        timeout: { minutes: 10 },
        initialDelay: { seconds: 30 },
        scope: 'global',
        fn: async signal => {
          await newNamespaces.run(signal);
          await upkeeper.run(signal);
        },
      });
      await scheduler.scheduleTask({
        id: 'image-registry-test-pulls',
        frequency: { minutes: 10 },
        timeout: { minutes: 2 },
        initialDelay: { seconds: 45 },
        scope: 'global',
        fn: async signal => {
          await Promise.all(
            drivers
              .allPlaces()
              .map(places => places.sweepTestPulls({ signal })),
          );
        },
      });
    },
  };
}
