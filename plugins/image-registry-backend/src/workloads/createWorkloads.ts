import { AuditorService } from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { Access } from '../access';
import { ProtectionRoom } from '../protection';
import { RegistryService } from '../registries';
import { Drivers, TargetsRoom } from '../targets';
import { CreationGate } from './CreationGate';
import { DatabaseCreationStore } from './CreationStore';
import { createWorkloadsRouter } from './router';
import { createSettingsRouter } from './settingsRouter';
import { WorkloadService } from './WorkloadService';

/** Options of {@link createWorkloads}. */
export interface WorkloadsOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  protection: ProtectionRoom;
  registries: RegistryService;
  targets: TargetsRoom;
  publish(signal: ImageRegistrySignal): void;
}

/** Builds the room that makes components from images. */
export function createWorkloads(options: WorkloadsOptions): {
  router: Router;
} {
  const { knex, targets } = options;
  const creations = DatabaseCreationStore.create({ knex });
  const service = WorkloadService.create({
    ...options,
    creations,
    environments: targets.environments,
    gate: new CreationGate(options.protection),
  });
  const router = PromiseRouter();
  router.use(
    createWorkloadsRouter({ ...options, creations, service }),
    createSettingsRouter(options),
  );
  return { router };
}
