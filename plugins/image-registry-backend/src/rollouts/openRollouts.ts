/**
 * A rollout that is not over, as the indexes of open rollouts say it: written
 * out, because SQLite uses such an index only for what it can see to be within
 * it, and would read the whole history instead.
 *
 * @param table - or its alias
 */
export function isOpenRollout(table: string = 'rollouts'): string {
  return `${table}.state IN ('queued', 'waiting', 'applying', 'progressing', 'rolling-back')`;
}

/** The same of one that is under way. */
export function isRunningRollout(table: string = 'rollouts'): string {
  return `${table}.state IN ('applying', 'progressing', 'rolling-back')`;
}
