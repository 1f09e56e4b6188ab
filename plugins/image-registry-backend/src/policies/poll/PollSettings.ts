import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const DEFAULT_INTERVAL_MS = 5 * 60_000;
const SHORTEST_INTERVAL_MS = 1000;

/** Whether and how often repositories are looked at without an event. */
export interface PollSettings {
  enabled: boolean;
  /** Milliseconds between two looks at one repository. */
  intervalMs: number;
}

/** Reads `imageRegistry.poll`. */
export function readPollSettings(config: RootConfigService): PollSettings {
  const key = 'imageRegistry.poll.interval';
  const intervalMs = config.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : DEFAULT_INTERVAL_MS;
  if (intervalMs < SHORTEST_INTERVAL_MS) {
    throw new InputError(`${key} must be one second at least`);
  }
  return {
    enabled: config.getOptionalBoolean('imageRegistry.poll.enabled') ?? true,
    intervalMs,
  };
}
