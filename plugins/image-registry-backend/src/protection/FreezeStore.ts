import { NotFoundError } from '@backstage/errors';
import { Freeze } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  BigIntColumn,
  databaseNow,
  lockPurpose,
  timeFromColumn,
  timeToColumn,
} from '../database';

/** What stands for everything where else a component's reference stands. */
const EVERYTHING = '*';

interface FreezeRow {
  id: string;
  scope: string;
  reason: string;
  author: string;
  created_at: BigIntColumn;
  ends_at: BigIntColumn | null;
}

function fromRow(row: FreezeRow): Freeze {
  return {
    id: row.id,
    entityRef: row.scope === EVERYTHING ? undefined : row.scope,
    reason: row.reason,
    author: row.author,
    createdAt: timeFromColumn(row.created_at)!,
    endsAt: timeFromColumn(row.ends_at),
  };
}

/**
 * Hears, after it has ended, of a freeze of a component, or of everything when
 * that is undefined.
 */
export type FreezeEndListener = (
  entityRef: string | undefined,
) => Promise<void>;

/** Stops of all deploys, of the whole portal or of one component. */
export class FreezeStore {
  readonly #listeners: FreezeEndListener[] = [];

  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): FreezeStore {
    return new FreezeStore(options.knex);
  }

  onEnd(listener: FreezeEndListener): void {
    this.#listeners.push(listener);
  }

  /** Those in force, the portal's first, then the newest. */
  async list(): Promise<Freeze[]> {
    return this.#inForce(this.knex);
  }

  /** Those in force for a component. */
  async of(entityRef: string, knex: Knex = this.knex): Promise<Freeze[]> {
    return this.#inForce(knex, [EVERYTHING, entityRef]);
  }

  /**
   * The same in a transaction that is about to apply: none that is set
   * meanwhile is missed, and none is told to be set before this has ended.
   */
  async ofApplying(trx: Knex.Transaction, entityRef: string) {
    await lockPurpose(trx, 'freezes', 'shared');
    return this.of(entityRef, trx);
  }

  /** Sets a freeze, instead of the one that was there. */
  async put(
    freeze: Pick<Freeze, 'entityRef' | 'reason' | 'author' | 'endsAt'>,
  ): Promise<Freeze> {
    const scope = freeze.entityRef ?? EVERYTHING;
    return this.knex.transaction(async trx => {
      await lockPurpose(trx, 'freezes');
      await trx('freezes').where({ scope }).delete();
      const id = randomUUID();
      await trx('freezes').insert({
        id,
        scope,
        reason: freeze.reason,
        author: freeze.author,
        created_at: databaseNow(trx),
        ends_at: timeToColumn(freeze.endsAt),
      });
      const [row] = await trx<FreezeRow>('freezes').where({ id });
      return fromRow(row);
    });
  }

  /** @throws NotFoundError when nothing is frozen */
  async lift(entityRef: string | undefined): Promise<void> {
    const scope = entityRef ?? EVERYTHING;
    const lifted = await this.#remove(rows => rows.where({ scope }));
    if (lifted.length === 0) {
      throw refusal(
        NotFoundError,
        entityRef
          ? because(
              'component-not-frozen',
              `Deploys of ${entityRef} are not frozen`,
              { entityRef },
            )
          : because('not-frozen', 'Deploys are not frozen'),
      );
    }
  }

  /**
   * Removes those that have ended by themselves.
   * @returns what they were of
   */
  async removeEnded(): Promise<Array<Pick<Freeze, 'entityRef'>>> {
    return this.#remove(rows =>
      rows.where('ends_at', '<=', databaseNow(this.knex)),
    );
  }

  async #remove(
    select: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<Freeze[]> {
    const removed = await this.knex.transaction(async trx => {
      await lockPurpose(trx, 'freezes');
      const rows: FreezeRow[] = await select(trx('freezes'));
      const ids = rows.map(({ id }) => id);
      await trx('freezes').whereIn('id', ids).delete();
      return rows.map(fromRow);
    });
    for (const { entityRef } of removed) {
      for (const listener of this.#listeners) {
        await listener(entityRef);
      }
    }
    return removed;
  }

  async #inForce(knex: Knex, scopes?: string[]): Promise<Freeze[]> {
    const query = knex<FreezeRow>('freezes')
      .where(open =>
        open.whereNull('ends_at').orWhere('ends_at', '>', databaseNow(knex)),
      )
      .orderBy('created_at', 'desc');
    const freezes = (
      await (scopes ? query.whereIn('scope', scopes) : query)
    ).map(fromRow);
    return [
      ...freezes.filter(({ entityRef }) => entityRef === undefined),
      ...freezes.filter(({ entityRef }) => entityRef !== undefined),
    ];
  }
}
