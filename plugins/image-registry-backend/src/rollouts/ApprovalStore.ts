import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import {
  BigIntColumn,
  databaseNow,
  jsonFromColumn,
  jsonToColumn,
  timeFromColumn,
} from '../database';
import { approvalObjections } from './approvalObjections';
import { ApprovalAnswers, ApprovalQuestion, RolloutRow } from './StoredRollout';

interface AnswerRow {
  rollout_id: string;
  author: string;
  answer: 'approved' | 'rejected';
  digest: string;
  note: string | null;
  answered_at: BigIntColumn;
}

/** One person's answer. */
export interface NewAnswer {
  rolloutId: string;
  author: string;
  answer: 'approved' | 'rejected';
  /** What was asked about. */
  digest: string;
  note?: string;
}

/** What each rollout has to be approved by, and who has said what. */
export class ApprovalStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): ApprovalStore {
    return new ApprovalStore(options.knex);
  }

  /**
   * Asks about a rollout of a locked target, or says anew who is asked; the
   * deadline of the first time stays. Approvals of others than who is asked
   * now are none: the history keeps that they were given.
   */
  async ask(
    trx: Knex.Transaction,
    rolloutId: string,
    question: ApprovalQuestion,
    deadlineMs: number,
  ): Promise<void> {
    const row = await trx<RolloutRow>('rollouts')
      .where({ id: rolloutId })
      .first();
    const before = jsonFromColumn<ApprovalQuestion>(row?.approval ?? null);
    if (before && !hasSameApprovers(before, question)) {
      await trx('approvals').where({ rollout_id: rolloutId }).delete();
    }
    await trx('rollouts')
      .where({ id: rolloutId })
      .update({
        approval: jsonToColumn(question),
        approval_deadline: trx.raw('COALESCE(approval_deadline, ?)', [
          databaseNow(trx, deadlineMs),
        ]),
      });
  }

  /** @throws ConflictError when this person has answered already */
  async answer(trx: Knex.Transaction, answer: NewAnswer): Promise<void> {
    // A statement that fails would end the whole transaction on PostgreSQL.
    const earlier = await trx<AnswerRow>('approvals')
      .where({ rollout_id: answer.rolloutId, author: answer.author })
      .first();
    if (earlier) {
      throw answeredAlready(earlier.answer);
    }
    try {
      await trx('approvals').insert({
        rollout_id: answer.rolloutId,
        author: answer.author,
        answer: answer.answer,
        digest: answer.digest,
        note: answer.note ?? null,
        answered_at: databaseNow(trx),
      });
    } catch (error) {
      throw isDatabaseConflictError(error)
        ? answeredAlready(answer.answer)
        : error;
    }
  }

  /** The answers to questions of rollouts, each in the order they came. */
  async answers(
    rolloutIds: string[],
    knex: Knex = this.knex,
  ): Promise<Map<string, ApprovalAnswers>> {
    const answers = new Map<string, ApprovalAnswers>();
    if (rolloutIds.length === 0) {
      return answers;
    }
    const rows = await knex<AnswerRow>('approvals')
      .whereIn('rollout_id', rolloutIds)
      .orderBy(['answered_at', 'author']);
    for (const row of rows) {
      const one = answers.get(row.rollout_id) ?? { given: [] };
      answers.set(row.rollout_id, one);
      const said = { by: row.author, at: timeFromColumn(row.answered_at)! };
      if (row.answer === 'approved') {
        one.given.push({ ...said, note: row.note ?? undefined });
      } else {
        one.rejected = { ...said, reason: row.note ?? undefined };
      }
    }
    return answers;
  }
}

/** Whether two questions are asked of the same people. */
export function hasSameApprovers(
  before: Pick<ApprovalQuestion, 'approvers'>,
  now: Pick<ApprovalQuestion, 'approvers'>,
): boolean {
  return before.approvers.join() === now.approvers.join();
}

function answeredAlready(answer: NewAnswer['answer']): ConflictError {
  return refusal(
    ConflictError,
    answer === 'approved'
      ? approvalObjections.given()
      : because('rejected-already', 'You have rejected it already'),
  );
}
