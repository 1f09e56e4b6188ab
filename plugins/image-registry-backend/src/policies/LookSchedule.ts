import { Knex } from 'knex';
import { databaseNow } from '../database';
import { lookBackoffMs } from './lookBackoff';
import { fromRow, PolicyRow, StoredPolicy } from './policyRow';

/** When blocked policies are looked at again. */
export class LookSchedule {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): LookSchedule {
    return new LookSchedule(options.knex);
  }

  /** Enabled policies that are to be looked at again, the first due first. */
  async due(limit: number): Promise<StoredPolicy[]> {
    const rows = await this.knex<PolicyRow>('policies')
      .where('enabled', true)
      .where('look_at', '<=', databaseNow(this.knex))
      .orderBy(['look_at', 'id'])
      .limit(limit);
    return rows.map(fromRow);
  }

  /** Those of a repository that wait for a look wait no longer. */
  async allNow({
    registryId,
    repository,
  }: StoredPolicy['image']): Promise<void> {
    await this.knex('policies')
      .where({ registry_id: registryId, repository })
      .whereNotNull('look_at')
      .update({ look_at: databaseNow(this.knex), look_attempts: 0 });
  }

  /** The look after the one that begins now comes later each time. */
  async postpone({
    id,
    version,
  }: Pick<StoredPolicy, 'id' | 'version'>): Promise<void> {
    const where = { id, version };
    await this.knex.transaction(async trx => {
      const row = await trx('policies').where(where).first();
      const attempts = Number(row?.look_attempts ?? 0);
      await trx('policies')
        .where(where)
        .update({
          look_attempts: attempts + 1,
          look_at: databaseNow(trx, lookBackoffMs(attempts)),
        });
    });
  }

  /** The look that was postponed last did not begin: it is no attempt. */
  async comeBack({
    id,
    version,
  }: Pick<StoredPolicy, 'id' | 'version'>): Promise<void> {
    await this.knex('policies')
      .where({ id, version })
      .where('look_attempts', '>', 0)
      .update({
        look_attempts: this.knex.raw('look_attempts - 1'),
        look_at: databaseNow(this.knex, lookBackoffMs(0)),
      });
  }
}
