import { Knex } from 'knex';
import { isSqlite } from '../database';
import { fromRow, ListeningPolicy, PolicyRow } from './policyRow';

/** Policies of all repositories that are remembered at most. */
const MAX_REMEMBERED = 50_000;

interface Remembered {
  /** Ids and versions of them all. */
  revision: string;
  policies: readonly ListeningPolicy[];
}

/**
 * The policies of a repository, for every push to it. Who they are and in
 * which version comes from the database each time, as one value; the rest
 * only when that differs, because reading a thousand policies takes longer
 * than deciding for them.
 */
export class PolicyMemory {
  readonly #remembered = new Map<string, Remembered>();
  #size = 0;

  /** Enabled policies that listen to a repository, by their ids. */
  async listeners(
    knex: Knex,
    registryId: string,
    repository: string,
  ): Promise<readonly ListeningPolicy[]> {
    const listening = knex<PolicyRow>('policies')
      .where({ registry_id: registryId, repository, enabled: true })
      .orderBy('id');
    const key = `${registryId}\n${repository}`;
    const revision = await revisionOf(knex, listening);
    const known = this.#remembered.get(key);
    if (known?.revision === revision) {
      return known.policies;
    }
    const policies = (await listening).map(fromRow);
    this.#remember(key, { revision, policies });
    return policies;
  }

  #remember(key: string, fresh: Remembered): void {
    this.#size -= this.#remembered.get(key)?.policies.length ?? 0;
    this.#size += fresh.policies.length;
    if (this.#size > MAX_REMEMBERED) {
      this.#remembered.clear();
      this.#size = fresh.policies.length;
    }
    this.#remembered.set(key, fresh);
  }
}

async function revisionOf(
  knex: Knex,
  listening: Knex.QueryBuilder,
): Promise<string> {
  const joined = isSqlite(knex)
    ? "group_concat(id || ':' || version)"
    : "string_agg(id || ':' || version, ',' ORDER BY id)";
  const [row] = await knex
    .select(knex.raw(`${joined} AS revision`))
    .from(listening.clone().select('id', 'version').as('listening'));
  return (row as { revision: string | null }).revision ?? '';
}
