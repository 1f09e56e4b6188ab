import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  CreatedComponent,
  CreatedObject,
  WorkloadCreationRecord,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { BigIntColumn, databaseNow, timeFromColumn } from '../database';

/** `creating` is at work, or was when a process was killed. */
export type CreationState = WorkloadCreationRecord['state'];

/** From then on nobody is thought to work on a creation any more, in ms. */
const GIVEN_UP_AFTER_MS = 120_000;

/** An object that was made, without what is in it. */
export type MadeObject = Pick<
  CreatedObject,
  'kind' | 'name' | 'namespace' | 'state' | 'reason'
>;

/** One creation of a component. */
export interface StoredCreation {
  id: string;
  entityRef: string;
  author: string;
  requestHash: string;
  state: CreationState;
  image: string;
  entity: Entity;
  /** The catalog had the component before. */
  existed: boolean;
  objects: MadeObject[];
}

/** What is known before the cluster is asked. */
export interface NewCreation {
  entityRef: string;
  author: string;
  /** Hashed; absent when the caller gave none. */
  idempotencyKey?: string;
  requestHash: string;
  image: string;
  entity: Entity;
  existed: boolean;
}

interface CreationRow {
  id: string;
  entity_ref: string;
  author: string;
  idempotency_key: string | null;
  request_hash: string;
  state: CreationState;
  image: string;
  entity: string;
  objects: string | null;
  /** SQLite knows numbers only. */
  existed: boolean | number;
  created_at: BigIntColumn;
}

/** Components that were made from images. */
export interface CreationStore {
  /** @returns undefined when another creation has the key */
  begin(creation: NewCreation): Promise<string | undefined>;
  finish(
    id: string,
    state: CreationState,
    objects: MadeObject[],
  ): Promise<void>;
  /** Forgets a creation of which nothing came. */
  abandon(id: string): Promise<void>;
  /**
   * Takes a creation that stopped half-way, to go on with it.
   * @returns false while somebody works on it, and when it is done
   */
  claim(id: string): Promise<boolean>;
  get(id: string): Promise<StoredCreation | undefined>;
  byKey(idempotencyKey: string): Promise<StoredCreation | undefined>;
  /** Those with a workload in a cluster, the oldest first. */
  components(): Promise<CreatedComponent[]>;
}

function fromRow(row: CreationRow): StoredCreation {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    author: row.author,
    requestHash: row.request_hash,
    state: row.state,
    image: row.image,
    entity: JSON.parse(row.entity) as Entity,
    existed: Boolean(row.existed),
    objects: JSON.parse(row.objects ?? '[]') as MadeObject[],
  };
}

/** {@inheritDoc CreationStore} */
export class DatabaseCreationStore implements CreationStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): DatabaseCreationStore {
    return new DatabaseCreationStore(options.knex);
  }

  async begin(creation: NewCreation): Promise<string | undefined> {
    const id = randomUUID();
    try {
      await this.knex('workload_creations').insert({
        id,
        entity_ref: creation.entityRef,
        author: creation.author,
        idempotency_key: creation.idempotencyKey ?? null,
        request_hash: creation.requestHash,
        state: 'creating',
        image: creation.image,
        entity: JSON.stringify(creation.entity),
        existed: creation.existed,
        created_at: databaseNow(this.knex),
      });
      return id;
    } catch (error) {
      if (creation.idempotencyKey && isDatabaseConflictError(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async finish(
    id: string,
    state: CreationState,
    objects: MadeObject[],
  ): Promise<void> {
    await this.knex('workload_creations')
      .where({ id })
      .update({ state, objects: JSON.stringify(objects) });
  }

  async abandon(id: string): Promise<void> {
    await this.knex('workload_creations').where({ id }).delete();
  }

  async claim(id: string): Promise<boolean> {
    const taken = await this.knex('workload_creations')
      .where({ id })
      .andWhere(half =>
        half
          .where({ state: 'partial' })
          .orWhere(left =>
            left
              .where({ state: 'creating' })
              .andWhere(
                this.knex.raw('coalesce(worked_on_at, created_at)'),
                '<',
                databaseNow(this.knex, -GIVEN_UP_AFTER_MS),
              ),
          ),
      )
      .update({ state: 'creating', worked_on_at: databaseNow(this.knex) });
    return taken === 1;
  }

  async get(id: string): Promise<StoredCreation | undefined> {
    const row = await this.knex<CreationRow>('workload_creations')
      .where({ id })
      .first();
    return row && fromRow(row);
  }

  async byKey(idempotencyKey: string): Promise<StoredCreation | undefined> {
    const row = await this.knex<CreationRow>('workload_creations')
      .where({ idempotency_key: idempotencyKey })
      .first();
    return row && fromRow(row);
  }

  async components(): Promise<CreatedComponent[]> {
    const rows = await this.knex<CreationRow>('workload_creations')
      .whereIn('state', ['creating', 'created', 'partial'])
      .where({ existed: false })
      .orderBy('created_at');
    const latest = new Map<string, CreatedComponent>();
    for (const row of rows.filter(hasWorkload)) {
      latest.set(row.entity_ref, {
        entityRef: row.entity_ref,
        entity: JSON.parse(row.entity) as CreatedComponent['entity'],
        author: row.author,
        createdAt: timeFromColumn(row.created_at) ?? '',
      });
    }
    return [...latest.values()];
  }
}

/** A component without its workload is none. */
function hasWorkload(row: CreationRow): boolean {
  return fromRow(row).objects.some(
    ({ kind, state }) => kind === 'Deployment' && state === 'made',
  );
}
