import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** How long each kind of record is kept, in ms. */
export interface Retention {
  bodies: number;
  deliveries: number;
  history: number;
  /** Logs and events of failed rollouts. */
  evidence: number;
}

function days(
  config: RootConfigService,
  key: string,
  byDefault: number,
): number {
  const path = `imageRegistry.retention.${key}`;
  const duration: HumanDuration = config.has(path)
    ? readDurationFromConfig(config, { key: path })
    : { days: byDefault };
  return durationToMilliseconds(duration);
}

/** Reads `imageRegistry.retention`. */
export function readRetention(config: RootConfigService): Retention {
  return {
    bodies: days(config, 'bodies', 14),
    deliveries: days(config, 'deliveries', 90),
    history: days(config, 'history', 400),
    evidence: days(config, 'evidence', 30),
  };
}
