import { AuditorService } from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { Knex } from 'knex';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { Drivers, TargetsRoom } from '../targets';
import { DatabaseCreationStore } from './CreationStore';
import { createWorkloadsRouter } from './router';
import { WorkloadService } from './WorkloadService';

/** Options of {@link createWorkloads}. */
export interface WorkloadsOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  registries: RegistryService;
  targets: TargetsRoom;
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
  });
  return { router: createWorkloadsRouter({ ...options, creations, service }) };
}
