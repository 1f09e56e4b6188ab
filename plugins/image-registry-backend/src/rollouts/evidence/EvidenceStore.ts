import { RolloutEvidence } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import {
  BigIntColumn,
  databaseNow,
  jsonFromColumn,
  jsonToColumn,
  timeFromColumn,
} from '../../database';

/** Evidence as it is kept. */
export interface KeptEvidence extends RolloutEvidence {
  rolloutId: string;
  /** ISO 8601. */
  capturedAt: string;
}

interface EvidenceRow {
  rollout_id: string;
  evidence: string;
  captured_at: BigIntColumn;
}

/** What failed rollouts left behind, for as long as it is kept. */
export class EvidenceStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): EvidenceStore {
    return new EvidenceStore(options.knex);
  }

  /** Keeps what a rollout left; of what it left twice, the first. */
  async keep(
    trx: Knex.Transaction,
    rolloutId: string,
    evidence: RolloutEvidence,
  ): Promise<void> {
    await trx('rollout_evidence')
      .insert({
        rollout_id: rolloutId,
        evidence: jsonToColumn(evidence),
        captured_at: databaseNow(trx),
      })
      .onConflict('rollout_id')
      .ignore();
  }

  async of(rolloutId: string): Promise<KeptEvidence | undefined> {
    const row = await this.knex<EvidenceRow>('rollout_evidence')
      .where({ rollout_id: rolloutId })
      .first();
    return (
      row && {
        rolloutId: row.rollout_id,
        capturedAt: timeFromColumn(row.captured_at)!,
        ...jsonFromColumn<RolloutEvidence>(row.evidence)!,
      }
    );
  }

  /** Those of some rollouts that left something. */
  async leftBy(rolloutIds: readonly string[]): Promise<Set<string>> {
    const ids: string[] = await this.knex('rollout_evidence')
      .whereIn('rollout_id', [...rolloutIds])
      .pluck('rollout_id');
    return new Set(ids);
  }
}
