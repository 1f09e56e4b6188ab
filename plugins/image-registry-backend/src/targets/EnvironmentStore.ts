import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  CreateEnvironment,
  Environment,
  Place,
  Protection,
  UpdateEnvironment,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { noEnvironment } from '../http';
import { databaseNow, lockPurpose } from '../database';
import { findOverlap } from './places';

interface EnvironmentRow {
  id: string;
  name: string;
  position: number;
  places: string;
  default_registry_id: string | null;
  owners: string;
  systems: string;
  protection: string;
  pull_secret_author: string | null;
  version: number;
}

/** Environments: a name, an order, places, and what protects them. */
export interface EnvironmentStore {
  /** In their order, then by name. */
  list(trx?: Knex.Transaction): Promise<Environment[]>;
  /** @throws ConflictError for a name or a place that another one has */
  create(environment: CreateEnvironment, author?: string): Promise<Environment>;
  /** @throws NotFoundError; ConflictError also for a stale version */
  update(
    id: string,
    change: UpdateEnvironment,
    author?: string,
  ): Promise<Environment>;
  /** @throws NotFoundError */
  remove(id: string): Promise<void>;
  /** Who said that its pull secrets are kept; undefined: nobody. */
  pullSecretAuthor(id: string): Promise<string | undefined>;
}

function fromRow(row: EnvironmentRow): Environment {
  return {
    id: row.id,
    name: row.name,
    order: row.position,
    places: JSON.parse(row.places) as Place[],
    defaultRegistryId: row.default_registry_id ?? undefined,
    owners: JSON.parse(row.owners) as string[],
    systems: JSON.parse(row.systems) as string[],
    keepPullSecrets: row.pull_secret_author !== null,
    protection: JSON.parse(row.protection) as Protection,
    version: row.version,
  };
}

/** {@inheritDoc EnvironmentStore} */
export class DatabaseEnvironmentStore implements EnvironmentStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): DatabaseEnvironmentStore {
    return new DatabaseEnvironmentStore(options.knex);
  }

  async list(trx?: Knex.Transaction): Promise<Environment[]> {
    return this.#list(trx ?? this.knex);
  }

  async create(
    environment: CreateEnvironment,
    author?: string,
  ): Promise<Environment> {
    const id = randomUUID();
    await this.#guardName(environment.name, () =>
      this.knex.transaction(async trx => {
        await lockPurpose(trx, 'environments');
        const existing = await this.#list(trx);
        this.#refuseOverlap({ id, places: environment.places }, existing);
        const last = existing[existing.length - 1]?.order ?? 0;
        await trx('environments').insert({
          id,
          name: environment.name,
          name_key: environment.name.toLowerCase(),
          position: environment.order ?? last + 1,
          places: JSON.stringify(environment.places),
          default_registry_id: environment.defaultRegistryId ?? null,
          owners: JSON.stringify(environment.owners ?? []),
          systems: JSON.stringify(environment.systems ?? []),
          protection: JSON.stringify(environment.protection ?? {}),
          pull_secret_author: environment.keepPullSecrets
            ? author ?? null
            : null,
          version: 1,
          created_at: databaseNow(trx),
          updated_at: databaseNow(trx),
        });
      }),
    );
    return this.#get(id);
  }

  async update(
    id: string,
    change: UpdateEnvironment,
    author?: string,
  ): Promise<Environment> {
    await this.#guardName(change.name ?? '', () =>
      this.knex.transaction(async trx => {
        await lockPurpose(trx, 'environments');
        const existing = await this.#list(trx);
        const before = existing.find(environment => environment.id === id);
        if (!before) {
          throw noEnvironment(id);
        }
        if (before.version !== change.version) {
          throw refusal(
            ConflictError,
            because(
              'environment-changed-meanwhile',
              'Somebody changed this environment meanwhile; load it again',
            ),
          );
        }
        if (change.places) {
          this.#refuseOverlap({ id, places: change.places }, existing);
        }
        await trx('environments')
          .where({ id })
          .update({
            ...(change.name !== undefined && {
              name: change.name,
              name_key: change.name.toLowerCase(),
            }),
            ...(change.order !== undefined && { position: change.order }),
            ...(change.places && { places: JSON.stringify(change.places) }),
            ...(change.defaultRegistryId !== undefined && {
              default_registry_id: change.defaultRegistryId,
            }),
            ...(change.owners && { owners: JSON.stringify(change.owners) }),
            ...(change.systems && { systems: JSON.stringify(change.systems) }),
            ...(change.protection && {
              protection: JSON.stringify(change.protection),
            }),
            ...(change.keepPullSecrets !== undefined && {
              pull_secret_author: change.keepPullSecrets
                ? author ?? null
                : null,
            }),
            version: change.version + 1,
            updated_at: databaseNow(trx),
          });
      }),
    );
    return this.#get(id);
  }

  async remove(id: string): Promise<void> {
    const count = await this.knex.transaction(async (trx): Promise<number> => {
      await lockPurpose(trx, 'environments');
      return trx('environments').where({ id }).delete();
    });
    if (count === 0) {
      throw noEnvironment(id);
    }
  }

  async pullSecretAuthor(id: string): Promise<string | undefined> {
    const row = await this.knex<EnvironmentRow>('environments')
      .where({ id })
      .first('pull_secret_author');
    return row?.pull_secret_author ?? undefined;
  }

  async #list(knex: Knex): Promise<Environment[]> {
    const rows = await knex<EnvironmentRow>('environments').orderBy([
      'position',
      'name',
    ]);
    return rows.map(fromRow);
  }

  async #get(id: string): Promise<Environment> {
    const row = await this.knex<EnvironmentRow>('environments')
      .where({ id })
      .first();
    if (!row) {
      throw noEnvironment(id);
    }
    return fromRow(row);
  }

  #refuseOverlap(
    candidate: { id: string; places: Place[] },
    existing: Environment[],
  ): void {
    const overlap = findOverlap(candidate, existing);
    if (overlap) {
      throw refusal(
        ConflictError,
        because('places-overlap', `Places must not overlap: ${overlap}`, {
          detail: overlap,
        }),
      );
    }
  }

  async #guardName<T>(name: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw refusal(
          ConflictError,
          because(
            'environment-name-taken',
            `There is an environment ${name} already`,
            { name },
          ),
        );
      }
      throw error;
    }
  }
}
