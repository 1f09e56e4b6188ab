import { Knex } from 'knex';
import { databaseNow, isSqlite } from '../database';
import { EventRow } from './DeliveryStore';

/** The events of one repository, which are worked on one after the other. */
export interface Lane {
  registryId: string;
  repository: string;
}

interface LaneRow {
  registry_id: string;
  repository: string;
}

/**
 * Written out, not as values: SQLite uses the index of open events only for
 * what it can see to be within it.
 */
export function isOpen(table: string): string {
  return `${table}.outcome IN ('pending', 'waiting')`;
}

/** Ms since 1970; 0 for what was not tried yet. As the index has it. */
function dueAt(table: string): string {
  return `COALESCE(${table}.next_attempt_at, 0)`;
}

/**
 * Read once in a statement. PostgreSQL would otherwise ask the clock for each
 * row, and read all of an index to do so.
 */
function oneTime(knex: Knex): Knex.Raw {
  return knex.raw('(SELECT ?)', [databaseNow(knex)]);
}

/**
 * Until when somebody holds events of a repository, in ms since 1970; 0 for
 * nobody. Asked for as the end of an index: whether there is one at all,
 * PostgreSQL may look up in the table, as it cannot know that hardly any is.
 */
function heldUntil(registryId: string, repository: string): string {
  return `COALESCE((
    SELECT held.lease_until FROM image_events AS held
    WHERE held.registry_id = ${registryId} AND held.repository = ${repository}
    AND held.lease_until IS NOT NULL
    ORDER BY held.lease_until DESC LIMIT 1
  ), 0)`;
}

/**
 * The first of the repositories with due events that nobody holds: of each
 * registry as many as there may be lanes. It goes from one repository to the
 * next in the index of open events, looks at the event of each that is due
 * first, and puts them in the order of these.
 */
export async function dueLanes(
  trx: Knex.Transaction,
  lanesOfRegistry: number,
): Promise<Lane[]> {
  const order = (table: string) =>
    `${table}.registry_id, ${table}.repository, ${dueAt(
      table,
    )}, ${table}.sequence`;
  const firstAfter = (place: string) =>
    `(SELECT later.sequence FROM image_events AS later WHERE ${isOpen(
      'later',
    )} AND later.repository IS NOT NULL${place} ORDER BY ${order(
      'later',
    )} LIMIT 1)`;
  // Two steps: of one comparison of both columns SQLite would take the events
  // of the present repository for candidates, too.
  const next = `COALESCE(${firstAfter(
    ' AND later.registry_id = present.registry_id AND later.repository > present.repository',
  )}, ${firstAfter(' AND later.registry_id > present.registry_id')})`;
  const now = oneTime(trx);
  const found: { rows: LaneRow[] } | LaneRow[] = await trx.raw(
    `WITH RECURSIVE firsts(sequence) AS (
      SELECT ${firstAfter('')}
      UNION ALL
      SELECT ${next} FROM firsts JOIN image_events AS present ON present.sequence = firsts.sequence
    )
    SELECT registry_id, repository FROM (
      SELECT present.registry_id, present.repository, present.sequence,
        ROW_NUMBER() OVER (PARTITION BY present.registry_id ORDER BY present.sequence) AS place
      FROM firsts JOIN image_events AS present ON present.sequence = firsts.sequence
      WHERE ${dueAt('present')} <= ?
      AND ${heldUntil('present.registry_id', 'present.repository')} < ?
    ) AS due
    WHERE place <= ?
    ORDER BY sequence`,
    [now, now, lanesOfRegistry],
  );
  const rows = Array.isArray(found) ? found : found.rows;
  return rows.map(row => ({
    registryId: row.registry_id,
    repository: row.repository,
  }));
}

/**
 * The events of a lane that are due, those first that were not tried yet.
 * Locks what it reads, on PostgreSQL, where a lease that had ended may have
 * been renewed since the lane was found: that is seen of the repository as the
 * statement begins, and of a row as it is locked.
 */
export async function dueEvents(
  trx: Knex.Transaction,
  { registryId, repository }: Lane,
  limit: number,
): Promise<EventRow[]> {
  const now = oneTime(trx);
  const due = trx<EventRow>('image_events')
    .whereRaw(isOpen('image_events'))
    .where({ registry_id: registryId, repository })
    .whereRaw(`${dueAt('image_events')} <= ?`, [now])
    .whereRaw(`${heldUntil('?', '?')} < ?`, [registryId, repository, now])
    .andWhere(free =>
      free.whereNull('lease_until').orWhere('lease_until', '<', now),
    )
    .orderByRaw(`${dueAt('image_events')}, sequence`)
    .limit(limit);
  return whatIsFree(due, trx);
}

/** Locks the rows, but for those that somebody else has locked. */
export function whatIsFree<T extends Knex.QueryBuilder>(
  query: T,
  knex: Knex,
): T {
  return isSqlite(knex) ? query : (query.forUpdate().skipLocked() as T);
}

/** The first of them for which their registries have lanes. */
export function inFreeLanes(
  due: Lane[],
  lanes: number,
  busyLanes: ReadonlyMap<string, number> = new Map(),
): Lane[] {
  const taken = new Map(busyLanes);
  return due.filter(({ registryId }) => {
    const busy = taken.get(registryId) ?? 0;
    taken.set(registryId, busy + 1);
    return busy < lanes;
  });
}
