import {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Cleaner } from './Cleaner';
import { readRetention } from './Retention';

/** Cleans once an hour, in one process at a time. */
export async function scheduleCleaner(options: {
  knex: Knex;
  config: RootConfigService;
  logger: LoggerService;
  scheduler: SchedulerService;
}): Promise<void> {
  const { knex, config, logger, scheduler } = options;
  const cleaner = Cleaner.create({ knex, retention: readRetention(config) });
  await scheduler.scheduleTask({
    id: 'image-registry-cleaner',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 1 },
    scope: 'global',
    fn: async () => {
      const count = await cleaner.clean();
      if (count > 0) {
        logger.info(`Cleaned ${count} records beyond their retention`);
      }
    },
  });
}
