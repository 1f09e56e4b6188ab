import {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { Knex } from 'knex';

/** How long each kind of record is kept, in ms. */
export interface Retention {
  bodies: number;
  deliveries: number;
  history: number;
}

/** Removes what is older than its retention, a few rows at a time. */
export class Cleaner {
  private constructor(
    private readonly knex: Knex,
    private readonly retention: Retention,
  ) {}

  static create(options: { knex: Knex; retention: Retention }): Cleaner {
    return new Cleaner(options.knex, options.retention);
  }

  /** @returns how many rows were changed or removed */
  async clean(now: number = Date.now()): Promise<number> {
    const { bodies, deliveries, history } = this.retention;
    let count = await this.knex('deliveries')
      .where('received_at', '<', now - bodies)
      .whereNotNull('body')
      .update({ body: null });
    const old = this.knex('deliveries')
      .select('id')
      .where('received_at', '<', now - deliveries);
    await this.knex('image_events')
      .whereIn('delivery_id', old.clone())
      .whereNotIn('outcome', ['pending', 'waiting'])
      .delete();
    count += await this.knex('deliveries')
      .where('received_at', '<', now - deliveries)
      .whereNotIn('id', this.knex('image_events').select('delivery_id'))
      .delete();
    const ended = this.knex('rollouts')
      .select('id')
      .where('finished_at', '<', now - history);
    await this.knex('rollout_events')
      .whereIn('rollout_id', ended.clone())
      .delete();
    count += await this.knex('rollouts')
      .where('finished_at', '<', now - history)
      .delete();
    count += await this.knex('decisions')
      .where('decided_at', '<', now - history)
      .delete();
    count += await this.knex('tag_changes')
      .where('observed_at', '<', now - history)
      .delete();
    return count;
  }
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
  };
}

/** Cleans once an hour, in one process at a time. */
export async function scheduleCleaner(options: {
  cleaner: Cleaner;
  logger: LoggerService;
  scheduler: SchedulerService;
}): Promise<void> {
  await options.scheduler.scheduleTask({
    id: 'image-registry-cleaner',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 1 },
    scope: 'global',
    fn: async () => {
      const count = await options.cleaner.clean();
      if (count > 0) {
        options.logger.info(`Cleaned ${count} records beyond their retention`);
      }
    },
  });
}
