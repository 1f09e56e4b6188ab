import {
  GateState,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { databaseNow, jsonToColumn } from '../database';
import { ImageEvidence } from '../protection';
import { RolloutRow, StoredRollout } from './StoredRollout';

/** Which waiting rollouts are to be looked at again. */
export interface WaitingFilter {
  id?: string;
  targetKey?: string;
  entityRef?: string;
  registryId?: string;
  repository?: string;
}

/** What gates read and leave in the rows of rollouts. */
export class GateStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): GateStore {
    return new GateStore(options.knex);
  }

  /**
   * Whether an image was brought to a target and found healthy there, or ran
   * there healthy before the portal's first rollout. What was brought to a
   * stopped workload was not found to be anything.
   */
  async wasHealthy(
    { targetKey, image }: Pick<StoredRollout, 'targetKey' | 'image'>,
    knex: Knex = this.knex,
  ): Promise<boolean> {
    const row = await knex('rollouts')
      .where({ target_key: targetKey })
      .andWhere(healthy =>
        healthy
          .where({ healthy_before: image.digest })
          .orWhere(deployed =>
            deployed.where({ digest: image.digest }).whereNotNull('healthy_at'),
          ),
      )
      .first('id');
    return row !== undefined;
  }

  /**
   * Keeps that what a locked target runs was healthy before a rollout, and what
   * it ran before its first. What somebody puts there after that went past the
   * portal's gates: a failure returns there, but nothing is exempt for it.
   */
  async setHealthyBefore(
    trx: Knex.Transaction,
    { id, targetKey }: Pick<StoredRollout, 'id' | 'targetKey'>,
    digest: string,
  ): Promise<void> {
    await trx('rollouts').where({ id }).update({ previous_healthy: true });
    await trx('rollouts')
      .where({ id })
      .whereNotExists(
        trx('rollouts as begun')
          .select('begun.id')
          .where('begun.target_key', targetKey)
          .whereNotNull('begun.started_at'),
      )
      .update({ healthy_before: digest });
  }

  /** Stores where a rollout stands with its gates. */
  async setGates(
    trx: Knex.Transaction,
    id: string,
    gates: GateState[],
  ): Promise<void> {
    await trx('rollouts')
      .where({ id })
      .update({ gates: jsonToColumn(gates) });
  }

  /** Stores what ran when a rollout began to wait, for who is asked. */
  async setPrevious(
    trx: Knex.Transaction,
    id: string,
    previous: RolloutImage | undefined,
  ): Promise<void> {
    await trx('rollouts')
      .where({ id })
      .update({ previous: jsonToColumn(previous) });
  }

  /** Stores what a registry said of the image of a rollout. */
  async setEvidence(id: string, evidence: ImageEvidence): Promise<void> {
    await this.knex('rollouts')
      .where({ id })
      .update({ evidence: jsonToColumn(evidence) });
  }

  /** When an image was first asked for at a target; ms since 1970. */
  async knownSince(
    { targetKey, image }: Pick<StoredRollout, 'targetKey' | 'image'>,
    knex: Knex = this.knex,
  ): Promise<number | undefined> {
    const row = await knex('rollouts')
      .where({ target_key: targetKey, digest: image.digest })
      .min('created_at as since')
      .first();
    return row?.since ? Number(row.since) : undefined;
  }

  /** Has rollouts that wait looked at again now. */
  async makeDue(filter: WaitingFilter, knex: Knex = this.knex): Promise<void> {
    const { id, targetKey, entityRef, registryId, repository } = filter;
    await knex('rollouts')
      .where({
        state: 'waiting',
        ...(id && { id }),
        ...(targetKey && { target_key: targetKey }),
        ...(entityRef && { entity_ref: entityRef }),
        ...(registryId && { registry_id: registryId }),
        ...(repository && { repository }),
      })
      .update({ next_attempt_at: null });
  }

  /** Those that were not approved in time, by the clock of the database. */
  async lapsed(): Promise<Array<Pick<StoredRollout, 'id' | 'targetKey'>>> {
    const rows = await this.knex<RolloutRow>('rollouts')
      .whereIn('state', ['queued', 'waiting'])
      .where('approval_deadline', '<=', databaseNow(this.knex))
      .orderBy('sequence');
    return rows.map(row => ({ id: row.id, targetKey: row.target_key }));
  }
}
