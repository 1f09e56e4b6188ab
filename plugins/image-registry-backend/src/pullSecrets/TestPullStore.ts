import { NotFoundError } from '@backstage/errors';
import {
  Reason,
  TestPullProgress,
  TestPullStep,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import {
  BigIntColumn,
  databaseNow,
  jsonFromColumn,
  jsonToColumn,
  timeFromColumn,
} from '../database';

/** How long what came of a test pull can be looked at, in ms. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** What is under way so long after its deadline has nobody any more, in ms. */
const GRACE_MS = 60_000;

interface TestPullRow {
  id: string;
  entity_ref: string;
  author: string;
  image: string;
  state: 'running' | 'ended' | 'cancelled';
  steps: string;
  failure: string | null;
  started_at: BigIntColumn;
  deadline_at: BigIntColumn;
  ended_at: BigIntColumn | null;
}

/** A test pull that begins. */
export interface NewTestPull {
  id: string;
  entityRef: string;
  author: string;
  image: string;
  deadlineMs: number;
  steps: readonly TestPullStep[];
}

/** Test pulls, for whoever looks and for whoever waits. */
export class TestPullStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): TestPullStore {
    return new TestPullStore(options.knex);
  }

  /** Forgets old ones on the way. */
  async insert(pull: NewTestPull): Promise<void> {
    const { knex } = this;
    await knex('test_pulls')
      .where('started_at', '<', databaseNow(knex, -KEPT_MS))
      .delete();
    await knex('test_pulls').insert({
      id: pull.id,
      entity_ref: pull.entityRef,
      author: pull.author,
      image: pull.image,
      state: 'running',
      steps: jsonToColumn(pull.steps),
      started_at: databaseNow(knex),
      deadline_at: databaseNow(knex, pull.deadlineMs),
    });
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<TestPullProgress> {
    const { knex } = this;
    const row = await knex<TestPullRow>('test_pulls')
      .where({ id })
      .first<TestPullRow & { overdue: number | boolean }>(
        '*',
        knex.raw('(deadline_at < ?) as overdue', [
          databaseNow(knex, -GRACE_MS),
        ]),
      );
    if (!row) {
      throw new NotFoundError(`No test pull ${id}`);
    }
    const isLost = row.state === 'running' && Boolean(row.overdue);
    return {
      id: row.id,
      entityRef: row.entity_ref,
      image: row.image,
      state: isLost ? 'lost' : row.state,
      steps: jsonFromColumn<TestPullStep[]>(row.steps) ?? [],
      failure: jsonFromColumn<Reason>(row.failure),
      startedAt: timeFromColumn(row.started_at)!,
      deadlineAt: timeFromColumn(row.deadline_at)!,
      endedAt: timeFromColumn(isLost ? row.deadline_at : row.ended_at),
    };
  }

  async isRunning(id: string): Promise<boolean> {
    const row = await this.knex<TestPullRow>('test_pulls')
      .where({ id, state: 'running' })
      .first('id');
    return row !== undefined;
  }

  async setSteps(id: string, steps: readonly TestPullStep[]): Promise<void> {
    await this.knex('test_pulls')
      .where({ id, state: 'running' })
      .update({ steps: jsonToColumn(steps) });
  }

  /** One that ended already stays as it ended. */
  async end(
    id: string,
    state: 'ended' | 'cancelled',
    failure?: Reason,
  ): Promise<void> {
    await this.knex('test_pulls')
      .where({ id, state: 'running' })
      .update({
        state,
        failure: jsonToColumn(failure) ?? null,
        ended_at: databaseNow(this.knex),
      });
  }
}
