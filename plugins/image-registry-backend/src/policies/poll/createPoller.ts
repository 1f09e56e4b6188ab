import {
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Poller } from './Poller';
import { PollEnd, PollSchedule } from './PollSchedule';
import { readPollSettings } from './PollSettings';
import { RepositoryPoll, RepositoryPollOptions } from './RepositoryPoll';

/** How often the task looks for what is due, in ms, at most. */
const LOOK_FOR_DUE_MS = 15_000;

/** Options of {@link createPoller}. */
export interface PollOptions extends RepositoryPollOptions {
  config: RootConfigService;
  knex: Knex;
  scheduler: SchedulerService;
  /** Hears how each look ended. */
  onEnd(end: PollEnd): void;
}

/** Looks at repositories without an event, in one process at a time. */
export function createPoller(options: PollOptions): { start(): Promise<void> } {
  const { enabled, intervalMs } = readPollSettings(options.config);
  const poller = new Poller({
    ...options,
    intervalMs,
    repositories: new RepositoryPoll(options),
    schedule: PollSchedule.create({ ...options, intervalMs }),
  });
  return {
    async start() {
      if (!enabled) {
        return;
      }
      await options.scheduler.scheduleTask({
        id: 'image-registry-poll',
        scope: 'global',
        frequency: { milliseconds: Math.min(LOOK_FOR_DUE_MS, intervalMs) },
        initialDelay: { seconds: 5 },
        timeout: { minutes: 10 },
        fn: signal => poller.run(signal),
      });
    },
  };
}
