import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { EnvironmentStore } from '../targets';
import { EvidenceReader } from './EvidenceReader';
import { createFreezeRouter } from './freezeRouter';
import { FreezeStore } from './FreezeStore';
import { ImageNews } from './ImageNews';
import { Notices } from './Notices';
import { Protections } from './Protections';

/** Options of {@link createProtection}. */
export interface ProtectionOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  environments: EnvironmentStore;
  logger: LoggerService;
  notifications: Pick<NotificationService, 'send'>;
  registries: RegistryService;
  publish(signal: ImageRegistrySignal): void;
}

/** The room of protection. */
export interface ProtectionRoom {
  router: Router;
  freezes: FreezeStore;
  evidenceReader: EvidenceReader;
  imageNews: ImageNews;
  notices: Notices;
  protections: Protections;
}

/** Builds the room of protection: what is asked of every deploy. */
export function createProtection(options: ProtectionOptions): ProtectionRoom {
  const freezes = FreezeStore.create(options);
  return {
    router: createFreezeRouter({ ...options, freezes }),
    freezes,
    evidenceReader: new EvidenceReader(options.registries),
    imageNews: ImageNews.create(options),
    notices: new Notices(options),
    protections: new Protections(options.environments),
  };
}
