import { ConflictError, isError } from '@backstage/errors';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { RegistryStatus } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { noRegistry } from '../../http';
import { SealedSecret } from '../vault';
import { whereAllowed } from './criteria';
import {
  ConfiguredRegistryFields,
  CredentialChanges,
  CredentialPurpose,
  RegistryFields,
  RegistryFilter,
  RegistryRecord,
  RegistryStore,
  StoredCredentials,
} from './RegistryStore';
import { mirrorRegistries } from './mirrorRegistries';
import {
  CredentialsRow,
  JoinedRow,
  toColumns,
  toCredentials,
  toRecord,
} from './rows';

/** Registries in the plugin's database. */
export class DatabaseRegistryStore implements RegistryStore {
  readonly #knex: Knex;

  /** @param options - `knex`: the database with the newest tables */
  static create(options: { knex: Knex }): DatabaseRegistryStore {
    return new DatabaseRegistryStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(
    criteria?: PermissionCriteria<RegistryFilter>,
  ): Promise<RegistryRecord[]> {
    const query = this.#joined(this.#knex).orderBy([
      'registries.name_key',
      'registries.id',
    ]);
    const rows = await (criteria ? whereAllowed(query, criteria) : query);
    return rows.map(toRecord);
  }

  async find(id: string): Promise<RegistryRecord | undefined> {
    const row = await this.#joined(this.#knex)
      .where('registries.id', id)
      .first();
    return row && toRecord(row);
  }

  async create(
    registry: { id: string } & RegistryFields,
    credentials: readonly StoredCredentials[] = [],
  ): Promise<RegistryRecord> {
    await this.#write(registry.name, async transaction => {
      const others = await transaction('registries')
        .where({ is_default: true })
        .first('id');
      const isDefault = registry.isDefault || !others;
      await this.#makeRoomForDefault(transaction, isDefault);
      const now = Date.now();
      await transaction('registries').insert({
        id: registry.id,
        ...toColumns({ ...registry, isDefault }),
        source: 'database',
        status_state: 'unknown',
        version: 1,
        created_at: now,
        updated_at: now,
      });
      for (const each of credentials) {
        await insertCredentials(transaction, each);
      }
    });
    return this.#get(registry.id);
  }

  async update(
    id: string,
    version: number,
    registry: RegistryFields,
    credentials: CredentialChanges,
  ): Promise<RegistryRecord> {
    await this.#write(registry.name, async transaction => {
      await this.#makeRoomForDefault(transaction, registry.isDefault, id);
      const updated = await transaction('registries')
        .where({ id, version })
        .update({
          ...toColumns(registry),
          // What the last check saw may be another place.
          status_state: 'unknown',
          status_message: null,
          status_checked_at: null,
          status_steps: null,
          version: version + 1,
          updated_at: Date.now(),
        });
      if (updated === 0) {
        throw staleVersion();
      }
      for (const purpose of ['manage', 'pull'] as const) {
        await replaceCredentials(
          transaction,
          id,
          purpose,
          credentials[purpose],
        );
      }
    });
    return this.#get(id);
  }

  async remove(id: string, version?: number): Promise<void> {
    await this.#knex.transaction(async transaction => {
      const deleted = await transaction('registries')
        .where({ id, ...(version !== undefined && { version }) })
        .delete();
      if (deleted === 0 && version !== undefined) {
        throw staleVersion();
      }
      // SQLite cascades only where foreign keys are switched on.
      await transaction('registry_credentials')
        .where({ registry_id: id })
        .delete();
    });
  }

  async setStatus(
    id: string,
    version: number,
    status: RegistryStatus,
  ): Promise<void> {
    await this.#knex('registries')
      .where({ id, version })
      .update({
        status_state: status.state,
        status_message: status.message ?? null,
        status_checked_at: status.checkedAt
          ? Date.parse(status.checkedAt)
          : null,
        status_steps: status.steps ? JSON.stringify(status.steps) : null,
      });
  }

  async credentials(
    registryId: string,
    purpose: CredentialPurpose,
  ): Promise<StoredCredentials | undefined> {
    const row = await this.#knex<CredentialsRow>('registry_credentials')
      .where({ registry_id: registryId, purpose })
      .first();
    return row && toCredentials(row);
  }

  async mirror(registries: ConfiguredRegistryFields[]): Promise<void> {
    await this.#knex.transaction(transaction =>
      mirrorRegistries(transaction, registries),
    );
  }

  async countOtherKeys(keyId: string): Promise<number> {
    const rows = await this.#knex('registry_credentials')
      .whereNot({ key_id: keyId })
      .count<Array<{ count: string | number }>>({ count: '*' });
    return Number(rows[0].count);
  }

  async credentialsOfOtherKeys(
    keyId: string,
    limit: number,
  ): Promise<StoredCredentials[]> {
    const rows = await this.#knex<CredentialsRow>('registry_credentials')
      .whereNot({ key_id: keyId })
      .orderBy('id')
      .limit(limit);
    return rows.map(toCredentials);
  }

  async replaceSealed(
    before: StoredCredentials,
    sealed: SealedSecret,
  ): Promise<boolean> {
    const updated = await this.#knex('registry_credentials')
      .where({ id: before.id, nonce: before.nonce })
      .update({
        key_id: sealed.keyId,
        nonce: sealed.nonce,
        ciphertext: sealed.ciphertext,
        updated_at: Date.now(),
      });
    return updated === 1;
  }

  #joined(knex: Knex): Knex.QueryBuilder<JoinedRow, JoinedRow[]> {
    return knex('registries')
      .leftJoin('registry_credentials', join =>
        join
          .on('registry_credentials.registry_id', 'registries.id')
          .andOnVal('registry_credentials.purpose', 'manage'),
      )
      .leftJoin({ pull: 'registry_credentials' }, join =>
        join
          .on('pull.registry_id', 'registries.id')
          .andOnVal('pull.purpose', 'pull'),
      )
      .select('registries.*', {
        credentials_key_id: 'registry_credentials.key_id',
        credentials_username: 'registry_credentials.username',
        pull_credentials_key_id: 'pull.key_id',
      });
  }

  async #get(id: string): Promise<RegistryRecord> {
    const record = await this.find(id);
    if (!record) {
      throw noRegistry(id);
    }
    return record;
  }

  async #makeRoomForDefault(
    transaction: Knex.Transaction,
    isDefault: boolean,
    id?: string,
  ): Promise<void> {
    if (isDefault) {
      await transaction('registries')
        .where({ is_default: true })
        .modify(query => (id === undefined ? query : query.whereNot({ id })))
        .update({ is_default: false });
    }
  }

  async #write(
    name: string,
    write: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    try {
      await this.#knex.transaction(write);
    } catch (error) {
      throw fromUniqueViolation(error, name);
    }
  }
}

/** Somebody else was first. */
export function staleVersion(): ConflictError {
  return refusal(
    ConflictError,
    because(
      'registry-changed',
      'The registry was changed or deleted meanwhile; read it again and repeat the change',
    ),
  );
}

function fromUniqueViolation(error: unknown, name: string): unknown {
  const text = isError(error) ? error.message : '';
  if (!/unique/i.test(text)) {
    return error;
  }
  return /name/.test(text)
    ? refusal(
        ConflictError,
        because(
          'registry-name-taken',
          `There is a registry named "${name}" already`,
          { name },
        ),
      )
    : refusal(
        ConflictError,
        because(
          'default-taken',
          'Another registry became the default at the same moment; try again',
        ),
      );
}

async function replaceCredentials(
  transaction: Knex.Transaction,
  registryId: string,
  purpose: CredentialPurpose,
  wanted: StoredCredentials | null | undefined,
): Promise<void> {
  if (wanted === undefined) {
    return;
  }
  await transaction('registry_credentials')
    .where({ registry_id: registryId, purpose })
    .delete();
  if (wanted) {
    await insertCredentials(transaction, wanted);
  }
}

async function insertCredentials(
  transaction: Knex.Transaction,
  credentials: StoredCredentials,
): Promise<void> {
  await transaction('registry_credentials').insert({
    id: credentials.id,
    registry_id: credentials.registryId,
    purpose: credentials.purpose,
    key_id: credentials.keyId,
    nonce: credentials.nonce,
    ciphertext: credentials.ciphertext,
    username: credentials.username ?? null,
    updated_at: Date.now(),
  });
}
