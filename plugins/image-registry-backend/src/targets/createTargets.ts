import { AuditorService } from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { TextMask } from '../secretMask';
import { ComponentPlaces } from './ComponentPlaces';
import { Drivers } from './Drivers';
import { DatabaseEnvironmentStore, EnvironmentStore } from './EnvironmentStore';
import { PlaceMemory } from './PlaceMemory';
import { createTargetsRouter } from './router';
import { TargetService } from './TargetService';
import { TargetStore } from './TargetStore';

/** Options of {@link createTargets}. */
export interface TargetsOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  /** Those of modules join before the backend starts. */
  drivers: Drivers;
  registries: RegistryService;
  publish(signal: ImageRegistrySignal): void;
}

/** The room of targets. */
export interface TargetsRoom {
  router: Router;
  memory: PlaceMemory;
  service: TargetService;
  store: TargetStore;
  environments: EnvironmentStore;
  /** Calls when what environments ask of deploys may be another thing. */
  onProtectionChange(listener: () => Promise<void>): void;
}

/** Builds the room of targets: environments, what runs where, whose it is. */
export function createTargets(options: TargetsOptions): TargetsRoom {
  const { knex, access, drivers, registries } = options;
  const environments = DatabaseEnvironmentStore.create({ knex });
  const store = TargetStore.create({ knex });
  const memory = new PlaceMemory(ComponentPlaces.create({ knex }));
  const service = TargetService.create({
    entity: ref => access.entity(ref),
    drivers,
    environments,
    memory,
    targets: store,
    registries,
  });
  const listeners: Array<() => Promise<void>> = [];
  return {
    router: createTargetsRouter({
      ...options,
      environments,
      mask: new TextMask({ registries }),
      targets: service,
      async onProtectionChange() {
        await Promise.all(listeners.map(listener => listener()));
      },
    }),
    memory,
    service,
    store,
    environments,
    onProtectionChange(listener) {
      listeners.push(listener);
    },
  };
}
