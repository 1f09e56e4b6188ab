import { LoggerService } from '@backstage/backend-plugin-api';
import { policyReasons } from '../reasons';
import { DuePoll, PollEnd, PollSchedule } from './PollSchedule';
import { RepositoryPoll } from './RepositoryPoll';

/** Repositories that one claim takes. */
const CLAIM_LIMIT = 20;
/** Longer than a run of the task may take, in ms. */
const LEASE_MS = 15 * 60_000;

/** What {@link Poller} is made of. */
export interface PollerOptions {
  logger: LoggerService;
  repositories: RepositoryPoll;
  schedule: PollSchedule;
  intervalMs: number;
  /** Hears how each look ended. */
  onEnd(end: PollEnd): void;
}

/**
 * Looks at the repositories whose turn it is: of one registry one after the
 * other, several registries at a time. A registry that wants to be left alone
 * is.
 */
export class Poller {
  constructor(private readonly options: PollerOptions) {}

  /** Until nothing is due any more. */
  async run(signal: AbortSignal): Promise<void> {
    const { schedule } = this.options;
    const lanes = new Map<string, Promise<void>>();
    await schedule.plan();
    for (;;) {
      const due = signal.aborted
        ? []
        : await schedule.claim({
            limit: CLAIM_LIMIT,
            leaseMs: LEASE_MS,
            except: [...lanes.keys()],
          });
      for (const registryId of new Set(due.map(each => each.registryId))) {
        const lane = due.filter(each => each.registryId === registryId);
        lanes.set(
          registryId,
          this.#workOn(lane, signal).finally(() => lanes.delete(registryId)),
        );
      }
      if (lanes.size === 0) {
        return;
      }
      if (due.length === 0) {
        await Promise.race(lanes.values());
      }
    }
  }

  async #workOn(lane: DuePoll[], signal: AbortSignal): Promise<void> {
    const { schedule } = this.options;
    let leaveAlone = false;
    for (const due of lane) {
      if (leaveAlone || signal.aborted) {
        await schedule.release(due);
        continue;
      }
      const end = await this.#poll(due, signal);
      await schedule.finish(due, end);
      this.options.onEnd(end);
      if (end.leaveAloneMs !== undefined) {
        leaveAlone = true;
        await schedule.postpone(due.registryId, end.leaveAloneMs);
      }
    }
  }

  async #poll(due: DuePoll, signal: AbortSignal): Promise<PollEnd> {
    const { intervalMs, logger, repositories } = this.options;
    const turn = Math.floor(Date.now() / intervalMs);
    try {
      return await repositories.poll(due, { turn, signal });
    } catch (error) {
      logger.warn(`Look at ${due.repository}: ${error}`);
      return {
        outcome: 'failed',
        reason: policyReasons.registryFailed(
          'The portal met an unexpected failure and tries again',
        ),
      };
    }
  }
}
