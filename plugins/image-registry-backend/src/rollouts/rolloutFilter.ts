import { RolloutsQuery } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { queryTime, sequenceOfCursor } from '../http';
import { isOpenRollout } from './openRollouts';
import { isFinal } from './transitions';

/** Which rollouts a listing answers. */
export type RolloutFilter = Omit<RolloutsQuery, 'owner'> & {
  entityRefs?: string[];
  /** Only what is queued or waiting and has asked for approvals. */
  asksForApproval?: boolean;
};

/**
 * Narrows a query of rollouts, but for the target.
 * @throws InputError for a cursor or a time that is none
 */
export function applyRolloutFilter(
  query: Knex.QueryBuilder,
  filter: RolloutFilter,
): void {
  const after = sequenceOfCursor(filter.cursor);
  if (after !== undefined) {
    query.where('sequence', '<', after);
  }
  if (filter.entityRefs) {
    query.whereIn('entity_ref', filter.entityRefs);
  }
  if (filter.entityRef) {
    query.where('entity_ref', filter.entityRef);
  }
  if (filter.state) {
    query.where('state', filter.state);
    if (!isFinal(filter.state)) {
      query.whereRaw(isOpenRollout());
    }
  }
  if (filter.environment) {
    query.where('environment', filter.environment);
  }
  if (filter.asksForApproval) {
    query
      .whereRaw(isOpenRollout())
      .whereIn('state', ['queued', 'waiting'])
      .whereNotNull('approval');
  }
  const from = queryTime('from', filter.from);
  const to = queryTime('to', filter.to);
  if (from !== undefined) {
    query.where('created_at', '>=', from);
  }
  if (to !== undefined) {
    query.where('created_at', '<', to);
  }
}
