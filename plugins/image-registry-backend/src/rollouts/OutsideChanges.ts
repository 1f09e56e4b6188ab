import {
  Reason,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseNow, jsonToColumn } from '../database';
import { RolloutSteps } from './RolloutSteps';
import { RolloutTargets, seenFrom } from './RolloutTargets';
import { RolloutRow, rolloutFromRow, StoredRollout } from './StoredRollout';

/** Digest of an image of which neither the workload nor its pods tell one. */
const UNKNOWN_DIGEST = '';

/** An image that somebody put into a workload without the portal. */
export interface OutsideChange {
  entityRef: string;
  targetKey: string;
  environment?: string;
  image: RolloutImage;
  /** What the portal had put there. */
  previous?: RolloutImage;
  /** Who manages the field on the cluster now; absent when nobody knows. */
  manager?: string;
  reason: Reason;
}

/** Rows of the history for what the portal did not do. */
export class OutsideChanges {
  readonly #knex: Knex;
  readonly #steps: RolloutSteps;
  readonly #targets: RolloutTargets;

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.#steps = RolloutSteps.create({ knex });
    this.#targets = new RolloutTargets(knex);
  }

  static create(options: { knex: Knex }): OutsideChanges {
    return new OutsideChanges(options.knex);
  }

  /**
   * The last row of a locked target's history that has come to its end, also of
   * one that wrote it beside another container.
   */
  async lastEnded(
    trx: Knex.Transaction,
    targetKey: string,
  ): Promise<StoredRollout | undefined> {
    const row = await trx<RolloutRow>('rollouts')
      .modify(await this.#targets.scopeOf([targetKey], trx))
      .andWhere(ended =>
        ended
          .whereIn('state', ['succeeded', 'failed', 'rolled-back'])
          // Its write had been sent, and may have taken effect.
          .orWhere(unanswered =>
            unanswered.where({ state: 'cancelled' }).whereNotNull('started_at'),
          ),
      )
      .orderBy('sequence', 'desc')
      .first();
    return row && seenFrom(rolloutFromRow(row), targetKey);
  }

  /**
   * Targets that were deployed to lately although GitOps would undo it, as
   * whoever consented knew.
   */
  async deployedDespiteGitOps(
    withinMs: number,
  ): Promise<Array<{ entityRef: string; targetKey: string }>> {
    const rows = await this.#knex('rollouts')
      .join('targets', 'targets.target_key', 'rollouts.target_key')
      .distinct('rollouts.entity_ref', 'rollouts.target_key')
      .whereNotNull('targets.consent_despite')
      .where('rollouts.state', 'succeeded')
      .whereNot('rollouts.cause', 'outside')
      .where('rollouts.finished_at', '>=', databaseNow(this.#knex, -withinMs));
    return rows.map(row => ({
      entityRef: row.entity_ref,
      targetKey: row.target_key,
    }));
  }

  /** Adds the row of a change on a locked target. */
  async record(trx: Knex.Transaction, change: OutsideChange): Promise<string> {
    const id = randomUUID();
    const { image, previous, reason } = change;
    const now = databaseNow(trx);
    await trx('rollouts').insert({
      id,
      entity_ref: change.entityRef,
      target_key: change.targetKey,
      environment: change.environment ?? null,
      registry_id: image.registryId ?? null,
      repository: image.repository,
      tag: image.tag ?? null,
      digest: image.digest ?? UNKNOWN_DIGEST,
      image: image.reference,
      previous: jsonToColumn(previous),
      state: 'succeeded',
      reason: jsonToColumn(reason),
      cause: 'outside',
      author: change.manager ?? '',
      created_at: now,
      started_at: now,
      finished_at: now,
    });
    await this.#steps.add(trx, id, {
      type: 'succeeded',
      state: 'succeeded',
      reason,
    });
    return id;
  }
}
