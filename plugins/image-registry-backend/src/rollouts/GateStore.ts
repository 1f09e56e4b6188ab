import {
  GateState,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { databaseNow, jsonToColumn } from '../database';
import { ImageEvidence } from '../protection';
import { isOpenRollout } from './openRollouts';
import { broughtBy } from './others';
import { rolloutFromRow, RolloutRow, StoredRollout } from './StoredRollout';

/** An image for a target; what else is known of it does not count. */
interface Brought {
  targetKey: string;
  image: Pick<StoredRollout['image'], 'digest'>;
}

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
    { targetKey, image }: Brought,
    knex: Knex = this.knex,
  ): Promise<boolean> {
    const { digest } = image;
    const row = await knex('rollouts')
      .where({ target_key: targetKey })
      .andWhere(healthy =>
        healthy
          .where({ healthy_before: digest })
          .orWhere(deployed =>
            deployed.where({ digest }).whereNotNull('healthy_at'),
          ),
      )
      .first('id');
    return (
      row !== undefined ||
      (await this.#wasHealthyBeside(targetKey, digest, knex))
    );
  }

  /** The same where the image came beside that of another container. */
  async #wasHealthyBeside(
    key: string,
    digest: string,
    knex: Knex,
  ): Promise<boolean> {
    const rows = await knex<RolloutRow>('rollouts')
      .whereIn('id', besideOf(knex, key))
      .where('others', 'like', `%${digest}%`)
      .where(proven =>
        proven.whereNotNull('healthy_at').orWhereNotNull('healthy_before'),
      )
      .orderBy('sequence', 'desc');
    return rows.some(row => {
      const here = broughtBy(rolloutFromRow(row)).find(
        ({ targetKey }) => targetKey === key,
      );
      return (
        (row.healthy_at !== null && here?.image.digest === digest) ||
        (row.healthy_before !== null && here?.previous?.digest === digest)
      );
    });
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

  /**
   * Since when the portal has known of all images that are brought to targets;
   * ms since 1970, undefined where it has not known of one.
   */
  async knownSince(
    brought: readonly Brought[],
    knex: Knex = this.knex,
  ): Promise<number | undefined> {
    const since = await Promise.all(
      brought.map(each => this.#firstAsked(each, knex)),
    );
    return since.reduce((one, other) =>
      one === undefined || other === undefined
        ? undefined
        : Math.max(one, other),
    );
  }

  async #firstAsked(
    { targetKey, image: { digest } }: Brought,
    knex: Knex,
  ): Promise<number | undefined> {
    const row = await knex('rollouts')
      .where({ target_key: targetKey, digest })
      .orWhere(beside =>
        beside
          .whereIn('id', besideOf(knex, targetKey))
          .where('others', 'like', `%${digest}%`),
      )
      .min('created_at as since')
      .first();
    return row?.since ? Number(row.since) : undefined;
  }

  /** Has rollouts that wait looked at again now. */
  async makeDue(filter: WaitingFilter, knex: Knex = this.knex): Promise<void> {
    const { id, targetKey, entityRef, registryId, repository } = filter;
    await knex('rollouts')
      .whereRaw(isOpenRollout())
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
      .whereRaw(isOpenRollout())
      .whereIn('state', ['queued', 'waiting'])
      .where('approval_deadline', '<=', databaseNow(this.knex))
      .orderBy('sequence');
    return rows.map(row => ({ id: row.id, targetKey: row.target_key }));
  }
}

/** Ids of the rollouts that wrote a target beside their own. */
function besideOf(knex: Knex, targetKey: string): Knex.QueryBuilder {
  return knex('rollout_targets')
    .select('rollout_id')
    .where({ target_key: targetKey });
}
