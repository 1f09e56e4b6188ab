import { KeptPullSecret } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import {
  BigIntColumn,
  databaseNow,
  timeFromColumn,
  timeToColumn,
} from '../database';

/** Which secret: one of a registry in each namespace. */
export type KeptSecretKey = Pick<
  KeptPullSecret,
  'cluster' | 'namespace' | 'registryId'
>;

/** What came of bringing one up to date. */
export type Upkeep =
  | {
      state: 'fresh';
      name: string;
      host: string;
      expiresAt?: string;
      /** ISO 8601; from then on the registry gives out another login. */
      renewAt?: string;
      written: boolean;
    }
  | { state: 'failed'; message: string };

interface KeptSecretRow {
  cluster: string;
  namespace: string;
  registry_id: string;
  service_account: string | null;
  name: string | null;
  host: string | null;
  state: KeptPullSecret['state'];
  message: string | null;
  author: string;
  expires_at: BigIntColumn | null;
  renew_at: BigIntColumn | null;
  written_at: BigIntColumn | null;
}

/** The pull secrets that the portal keeps; never what is in them. */
export interface KeptSecretStore {
  list(): Promise<KeptPullSecret[]>;
  /** Notes that a secret is to be kept; one that is kept stays as it stands. */
  keep(
    key: KeptSecretKey,
    details: { author: string; serviceAccount?: string },
  ): Promise<void>;
  get(key: KeptSecretKey): Promise<KeptPullSecret | undefined>;
  note(key: KeptSecretKey, upkeep: Upkeep): Promise<void>;
  remove(key: KeptSecretKey): Promise<void>;
  /** Used-by list of a registry. */
  ofRegistry(registryId: string): Promise<KeptSecretKey[]>;
}

function columns({ cluster, namespace, registryId }: KeptSecretKey) {
  return { cluster, namespace, registry_id: registryId };
}

function fromRow(row: KeptSecretRow): KeptPullSecret {
  return {
    cluster: row.cluster,
    namespace: row.namespace,
    registryId: row.registry_id,
    serviceAccount: row.service_account ?? undefined,
    name: row.name ?? undefined,
    host: row.host ?? undefined,
    state: row.state,
    message: row.message ?? undefined,
    author: row.author,
    expiresAt: timeFromColumn(row.expires_at),
    writtenAt: timeFromColumn(row.written_at),
  };
}

/** {@inheritDoc KeptSecretStore} */
export class DatabaseKeptSecretStore implements KeptSecretStore {
  private constructor(private readonly knex: Knex) {}

  static create(options: { knex: Knex }): DatabaseKeptSecretStore {
    return new DatabaseKeptSecretStore(options.knex);
  }

  async list(): Promise<KeptPullSecret[]> {
    const rows = await this.knex<KeptSecretRow>('pull_secrets').orderBy([
      'cluster',
      'namespace',
      'registry_id',
    ]);
    return rows.map(fromRow);
  }

  async keep(
    key: KeptSecretKey,
    details: { author: string; serviceAccount?: string },
  ): Promise<void> {
    await this.knex('pull_secrets')
      .insert({
        ...columns(key),
        author: details.author,
        service_account: details.serviceAccount ?? null,
        state: 'pending',
      })
      .onConflict(['cluster', 'namespace', 'registry_id'])
      .merge(
        details.serviceAccount === undefined
          ? { author: details.author }
          : {
              author: details.author,
              service_account: details.serviceAccount,
            },
      );
  }

  async get(key: KeptSecretKey): Promise<KeptPullSecret | undefined> {
    const row = await this.knex<KeptSecretRow>('pull_secrets')
      .where(columns(key))
      .first();
    return row && fromRow(row);
  }

  async note(key: KeptSecretKey, upkeep: Upkeep): Promise<void> {
    const now = databaseNow(this.knex);
    await this.knex('pull_secrets')
      .where(columns(key))
      .update(
        upkeep.state === 'failed'
          ? { state: 'failed', message: upkeep.message, checked_at: now }
          : {
              state: 'fresh',
              message: null,
              name: upkeep.name,
              host: upkeep.host,
              expires_at: timeToColumn(upkeep.expiresAt),
              renew_at: timeToColumn(upkeep.renewAt),
              checked_at: now,
              ...(upkeep.written && { written_at: now }),
            },
      );
  }

  async remove(key: KeptSecretKey): Promise<void> {
    await this.knex('pull_secrets').where(columns(key)).delete();
  }

  async ofRegistry(registryId: string): Promise<KeptSecretKey[]> {
    const rows = await this.knex<KeptSecretRow>('pull_secrets').where({
      registry_id: registryId,
    });
    return rows.map(fromRow);
  }
}
