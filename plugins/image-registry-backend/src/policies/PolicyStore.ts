import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  Page,
  PoliciesQuery,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { databaseNow, jsonToColumn, timeToColumn } from '../database';
import { decodeCursor, encodeCursor, noPolicy } from '../http';
import { PolicyMemory } from './PolicyMemory';
import {
  fromRow,
  ListeningPolicy,
  PolicyHead,
  PolicyRow,
  StoredPolicy,
} from './policyRow';
import { isLookedAtAgain, policyReasons } from './reasons';

export type { ListeningPolicy, PolicyHead, StoredPolicy } from './policyRow';

const DEFAULT_PAGE = 100;
const IDS_OF_A_QUERY = 500;

/** What a new or changed policy says. */
export type PolicyInput = Pick<
  StoredPolicy,
  'image' | 'rule' | 'enabled' | 'author' | 'mode' | 'gates' | 'whenStopped'
>;

/** The rows of policies. */
export class PolicyStore {
  readonly #memory = new PolicyMemory();

  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): PolicyStore {
    return new PolicyStore(options.knex);
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<StoredPolicy> {
    const row = await this.knex<PolicyRow>('policies').where({ id }).first();
    if (!row) {
      throw noPolicy(id);
    }
    return fromRow(row);
  }

  async find(
    id: string,
    trx?: Knex.Transaction,
  ): Promise<StoredPolicy | undefined> {
    const row = await (trx ?? this.knex)<PolicyRow>('policies')
      .where({ id })
      .first();
    return row && fromRow(row);
  }

  async ofTargets(
    targetKeys: string[],
    trx?: Knex.Transaction,
  ): Promise<StoredPolicy[]> {
    const rows = await (trx ?? this.knex)<PolicyRow>('policies').whereIn(
      'target_key',
      targetKeys,
    );
    return rows.map(fromRow);
  }

  async ofComponent(entityRef: string): Promise<StoredPolicy[]> {
    const rows = await this.knex<PolicyRow>('policies').where({
      entity_ref: entityRef,
    });
    return rows.map(fromRow);
  }

  /** Enabled policies that listen to a repository, in a stable order. */
  async listening(
    registryId: string,
    repository: string,
    trx?: Knex.Transaction,
  ): Promise<StoredPolicy[]> {
    const rows = await (trx ?? this.knex)<PolicyRow>('policies')
      .where({ registry_id: registryId, repository })
      .orderBy('id');
    return rows.map(fromRow).filter(policy => policy.enabled);
  }

  /** The same without what changes with each push, for every push. */
  async listeners(
    registryId: string,
    repository: string,
  ): Promise<readonly ListeningPolicy[]> {
    return this.#memory.listeners(this.knex, registryId, repository);
  }

  async findAll(
    ids: readonly string[],
    trx?: Knex.Transaction,
  ): Promise<StoredPolicy[]> {
    const found: StoredPolicy[] = [];
    for (let at = 0; at < ids.length; at += IDS_OF_A_QUERY) {
      const rows = await (trx ?? this.knex)<PolicyRow>('policies').whereIn(
        'id',
        ids.slice(at, at + IDS_OF_A_QUERY),
      );
      found.push(...rows.map(fromRow));
    }
    return found;
  }

  async transaction<T>(run: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(run);
  }

  /** The components that have enabled policies. */
  async entityRefs(): Promise<string[]> {
    return this.knex('policies')
      .distinct('entity_ref')
      .where('enabled', true)
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  /** Another look comes soon, unless one is planned already. */
  async lookSoon(
    { id, version }: Pick<StoredPolicy, 'id' | 'version'>,
    trx: Knex.Transaction,
  ): Promise<void> {
    await trx('policies')
      .where({ id, version })
      .update({
        look_at: this.#plannedOrNow(trx),
      });
  }

  async ofRegistry(registryId: string): Promise<StoredPolicy[]> {
    const rows = await this.knex<PolicyRow>('policies').where({
      registry_id: registryId,
    });
    return rows.map(fromRow);
  }

  async list(query: PoliciesQuery): Promise<Page<StoredPolicy>> {
    const limit = query.limit ?? DEFAULT_PAGE;
    const after = decodeCursor(query.cursor, 1);
    const rows = await this.knex<PolicyRow>('policies')
      .where({
        ...(query.entityRef && { entity_ref: query.entityRef }),
        ...(query.registryId && { registry_id: query.registryId }),
        ...(query.repository && { repository: query.repository }),
      })
      .andWhere(page => {
        if (after) {
          page.where('id', '>', after[0]);
        }
      })
      .orderBy('id')
      .limit(limit + 1);
    const items = rows.slice(0, limit).map(fromRow);
    return {
      items,
      nextCursor:
        rows.length > limit
          ? encodeCursor([items[items.length - 1].id])
          : undefined,
    };
  }

  /**
   * Nothing is decided before its head was seeded.
   * @throws ConflictError when the target has a policy already
   */
  async insert(
    policy: PolicyInput & { id: string; entityRef: string; targetKey: string },
  ): Promise<void> {
    try {
      await this.knex('policies').insert({
        id: policy.id,
        entity_ref: policy.entityRef,
        target_key: policy.targetKey,
        registry_id: policy.image.registryId,
        repository: policy.image.repository,
        rule: JSON.stringify(policy.rule),
        enabled: policy.enabled,
        mode: policy.mode,
        gates: JSON.stringify(policy.gates),
        when_stopped: policy.whenStopped,
        source: 'database',
        author: policy.author,
        created_at: databaseNow(this.knex),
        updated_at: databaseNow(this.knex),
        version: 1,
        blocked: jsonToColumn(policyReasons.beingRead()),
        look_at: databaseNow(this.knex),
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw refusal(
          ConflictError,
          because(
            'policy-exists',
            'This container has an auto deploy policy already; change that one',
          ),
        );
      }
      throw error;
    }
  }

  /**
   * Changes the policy of a locked target; nothing is decided before its head
   * was seeded again.
   * @throws ConflictError when somebody changed it meanwhile
   */
  async update(
    trx: Knex.Transaction,
    id: string,
    version: number,
    policy: PolicyInput,
  ): Promise<void> {
    const current = await this.find(id, trx);
    if (current?.version !== version) {
      throw refusal(
        ConflictError,
        because(
          'policy-changed-meanwhile',
          'Somebody changed this policy meanwhile; load it again',
        ),
      );
    }
    await trx('policies')
      .where({ id })
      .update({
        registry_id: policy.image.registryId,
        repository: policy.image.repository,
        rule: JSON.stringify(policy.rule),
        enabled: policy.enabled,
        mode: policy.mode,
        gates: JSON.stringify(policy.gates),
        when_stopped: policy.whenStopped,
        author: policy.author,
        version: version + 1,
        updated_at: databaseNow(trx),
        // By the same rule, the best so far is still that.
        ...(!choosesAlike(current, policy) && {
          head_tag: null,
          head_digest: null,
          head_pushed_at: null,
        }),
        blocked: jsonToColumn(policyReasons.beingRead()),
        look_at: databaseNow(trx),
        look_attempts: 0,
      });
  }

  /** Sets head and block of one version; a newer version is left alone. */
  async setHead(
    policy: Pick<StoredPolicy, 'id' | 'version'>,
    state: { head?: PolicyHead; blocked?: Reason },
    trx?: Knex.Transaction,
  ): Promise<void> {
    const knex = trx ?? this.knex;
    const { blocked } = state;
    await knex('policies')
      .where({ id: policy.id, version: policy.version })
      .update({
        look_at:
          blocked && isLookedAtAgain(blocked) ? this.#plannedOrNow(knex) : null,
        ...(!blocked && { look_attempts: 0 }),
        head_tag: state.head?.tag ?? null,
        head_digest: state.head?.digest ?? null,
        head_pushed_at: timeToColumn(state.head?.pushedAt),
        blocked: jsonToColumn(blocked),
      });
  }

  async remove(trx: Knex.Transaction, id: string): Promise<void> {
    await trx('policies').where({ id }).delete();
  }

  #plannedOrNow(knex: Knex): Knex.Raw {
    return knex.raw('COALESCE(look_at, ?)', [databaseNow(knex)]);
  }
}

function choosesAlike(a: PolicyInput, b: PolicyInput): boolean {
  const choice = ({ image, rule }: PolicyInput) =>
    JSON.stringify([image.registryId, image.repository, rule]);
  return choice(a) === choice(b);
}
