import { targetKey } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { keysOfNew, siblingOf } from './others';
import { NewRollout, StoredRollout } from './StoredRollout';

/** Rollouts that write a target beside their own; the newest are looked up. */
const MOST_BESIDE = 100;

/**
 * Which rollouts write a target beside their own. Few do, so they are looked up
 * first, and the history of a single target keeps its index.
 */
export class RolloutTargets {
  constructor(private readonly knex: Knex) {}

  async insert(trx: Knex.Transaction, rollout: NewRollout): Promise<void> {
    const [, ...keys] = keysOfNew(rollout);
    if (keys.length > 0) {
      await trx('rollout_targets').insert(
        keys.map(key => ({ rollout_id: rollout.id, target_key: key })),
      );
    }
  }

  /** Narrows a query to the rollouts that write one of the targets. */
  async scopeOf(
    targetKeys: readonly string[],
    knex: Knex = this.knex,
  ): Promise<(query: Knex.QueryBuilder) => void> {
    const ids: string[] = await knex('rollout_targets')
      .join('rollouts', 'rollouts.id', 'rollout_targets.rollout_id')
      .whereIn('rollout_targets.target_key', [...targetKeys])
      .orderBy('rollouts.sequence', 'desc')
      .limit(MOST_BESIDE)
      .pluck('rollouts.id');
    return query => {
      query.where(own => {
        own.whereIn('target_key', [...targetKeys]);
        if (ids.length > 0) {
          own.orWhereIn('id', ids);
        }
      });
    };
  }
}

/** A rollout as the history of one of its targets tells it. */
export function seenFrom(rollout: StoredRollout, key: string): StoredRollout {
  const { target, others = [] } = rollout;
  const other = others.find(
    ({ container }) => targetKey(siblingOf(target, container)) === key,
  );
  return other
    ? {
        ...rollout,
        targetKey: key,
        target: siblingOf(target, other.container),
        image: other.image,
        previous: other.previous,
        others: undefined,
      }
    : rollout;
}
