import { ConflictError } from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { noEndpoint } from '../http';
import { databaseNow, isSqlite } from '../database';
import { SecretKeys } from './SecretKeys';
import {
  endpointFromRow,
  EndpointRow,
  SecretRow,
  StoredEndpoint,
} from './StoredEndpoint';
import { hashSecret, insertSecret, newSecret } from './webhookSecrets';

/** How many secrets of one endpoint are valid at a time. */
const MAX_SECRETS = 2;

/**
 * The rows of webhook endpoints. Secrets are kept as hashes; only the keys of
 * HMACs are kept encrypted as well.
 */
export class EndpointStore {
  readonly #listeners: Array<(id: string) => void> = [];

  private constructor(
    private readonly knex: Knex,
    private readonly keys: SecretKeys,
  ) {}

  static create(options: { knex: Knex; keys: SecretKeys }): EndpointStore {
    return new EndpointStore(options.knex, options.keys);
  }

  /** Called with the endpoint whose secrets were changed by this process. */
  onChange(listener: (id: string) => void): void {
    this.#listeners.push(listener);
  }

  async find(id: string): Promise<StoredEndpoint | undefined> {
    const row = await this.knex<EndpointRow>('webhook_endpoints')
      .where({ id })
      .first();
    return row && (await this.#withSecrets([row]))[0];
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<StoredEndpoint> {
    const endpoint = await this.find(id);
    if (!endpoint) {
      throw noEndpoint(id);
    }
    return endpoint;
  }

  async list(registryId: string): Promise<StoredEndpoint[]> {
    const rows = await this.knex<EndpointRow>('webhook_endpoints')
      .where({ registry_id: registryId })
      .orderBy('created_at');
    return this.#withSecrets(rows);
  }

  /**
   * Makes an endpoint; the secret is answered this once.
   * @throws ConflictError when the secret must be kept and no key encrypts it
   */
  async create(endpoint: {
    registryId: string;
    name: string;
    repositories?: string[];
    entityRef?: string;
    settings?: Record<string, string>;
    /** The secret is the key of an HMAC. */
    keepsKey?: boolean;
    createdBy: string;
  }): Promise<{ endpoint: StoredEndpoint; secret: string }> {
    const id = randomBytes(16).toString('base64url');
    const secret = newSecret();
    await this.knex.transaction(async trx => {
      await trx('webhook_endpoints').insert({
        id,
        registry_id: endpoint.registryId,
        name: endpoint.name,
        repositories: endpoint.repositories
          ? JSON.stringify(endpoint.repositories)
          : null,
        entity_ref: endpoint.entityRef ?? null,
        settings: endpoint.settings ? JSON.stringify(endpoint.settings) : null,
        source: 'database',
        created_by: endpoint.createdBy,
        created_at: databaseNow(trx),
      });
      await insertSecret(trx, this.keys, {
        endpointId: id,
        secret,
        keepsKey: endpoint.keepsKey,
      });
    });
    return { endpoint: await this.get(id), secret };
  }

  /**
   * Brings an endpoint of app-config into the table: its only secret is the
   * configured one.
   */
  async mirror(endpoint: {
    id: string;
    registryId: string;
    name: string;
    repositories?: string[];
    settings?: Record<string, string>;
    secret: string;
  }): Promise<void> {
    this.keys.configured(endpoint.id, endpoint.secret);
    await this.knex.transaction(async trx => {
      await trx('webhook_endpoints')
        .insert({
          id: endpoint.id,
          registry_id: endpoint.registryId,
          name: endpoint.name,
          repositories: endpoint.repositories
            ? JSON.stringify(endpoint.repositories)
            : null,
          settings: endpoint.settings
            ? JSON.stringify(endpoint.settings)
            : null,
          source: 'config',
          created_at: databaseNow(trx),
        })
        .onConflict('id')
        .merge(['registry_id', 'name', 'repositories', 'settings', 'source']);
      const hash = hashSecret(endpoint.secret);
      await trx('webhook_secrets')
        .where({ endpoint_id: endpoint.id })
        .whereNot({ hash })
        .delete();
      const known = await trx('webhook_secrets')
        .where({ endpoint_id: endpoint.id, hash })
        .first();
      if (!known) {
        await insertSecret(trx, this.keys, {
          endpointId: endpoint.id,
          secret: endpoint.secret,
        });
      }
    });
  }

  /** Ends endpoints that app-config no longer names. */
  async removeConfiguredExcept(ids: string[]): Promise<void> {
    await this.knex('webhook_endpoints')
      .where({ source: 'config' })
      .whereNotIn('id', ids)
      .delete();
  }

  /**
   * Adds a secret and keeps the newest older one, unless that is revoked.
   * @throws ConflictError when the secret must be kept and no key encrypts it
   */
  async rotate(
    id: string,
    options: { revokeOld: boolean; keepsKey?: boolean },
  ): Promise<{ endpoint: StoredEndpoint; secret: string }> {
    const secret = newSecret();
    await this.knex.transaction(async trx => {
      await this.#lock(trx, id);
      const older = await trx<SecretRow>('webhook_secrets')
        .where({ endpoint_id: id })
        .orderBy('created_at', 'desc');
      const ended = options.revokeOld ? older : older.slice(MAX_SECRETS - 1);
      await trx('webhook_secrets')
        .whereIn(
          'id',
          ended.map(row => row.id),
        )
        .delete();
      await insertSecret(trx, this.keys, {
        endpointId: id,
        secret,
        keepsKey: options.keepsKey,
      });
    });
    this.#changed(id);
    return { endpoint: await this.get(id), secret };
  }

  /**
   * Adds a secret beside those there are, for a webhook that is being made;
   * `keepNewest` or `removeSecret` follows.
   * @throws ConflictError when two secrets are in use, so that one would end
   */
  async addSecret(
    id: string,
    options: { keepsKey: boolean },
  ): Promise<{ secretId: string; secret: string }> {
    const secret = newSecret();
    const secretId = await this.knex.transaction(async trx => {
      await this.#lock(trx, id);
      const used = await trx<SecretRow>('webhook_secrets')
        .where({ endpoint_id: id })
        .whereNotNull('last_used_at');
      if (used.length >= MAX_SECRETS) {
        throw refusal(
          ConflictError,
          because(
            'secrets-in-use',
            'Both secrets of this endpoint are in use, and one of them would end; make an endpoint of its own for this webhook',
          ),
        );
      }
      return insertSecret(trx, this.keys, {
        endpointId: id,
        secret,
        keepsKey: options.keepsKey,
      });
    });
    this.#changed(id);
    return { secretId, secret };
  }

  /** Ends the oldest secrets that were never used, down to two secrets. */
  async keepNewest(id: string): Promise<void> {
    await this.knex.transaction(async trx => {
      await this.#lock(trx, id);
      const rows = await trx<SecretRow>('webhook_secrets')
        .where({ endpoint_id: id })
        .orderBy('created_at');
      const unused = rows.filter(row => row.last_used_at === null);
      const ended = unused.slice(0, Math.max(0, rows.length - MAX_SECRETS));
      await trx('webhook_secrets')
        .whereIn(
          'id',
          ended.map(row => row.id),
        )
        .delete();
    });
    this.#changed(id);
  }

  async removeSecret(id: string, secretId: string): Promise<void> {
    await this.knex('webhook_secrets')
      .where({ endpoint_id: id, id: secretId })
      .delete();
    this.#changed(id);
  }

  /** A secret in clear, where it is known. */
  keyOf(
    endpoint: StoredEndpoint,
    secret: StoredEndpoint['secrets'][number],
  ): string | undefined {
    const { id, sealed } = secret;
    return this.keys.open({ id, endpointId: endpoint.id, sealed });
  }

  async remove(id: string): Promise<void> {
    await this.knex.transaction(async trx => {
      await trx('webhook_secrets').where({ endpoint_id: id }).delete();
      await trx('webhook_endpoints').where({ id }).delete();
    });
    this.#changed(id);
  }

  /** Counts calls that were not let in; nothing else of them is kept. */
  async refused(id: string, reason: Reason, count: number = 1): Promise<void> {
    await this.knex('webhook_endpoints')
      .where({ id })
      .update({
        refusal_count: this.knex.raw('refusal_count + ?', [count]),
        last_refusal_at: databaseNow(this.knex),
        last_refusal_reason: JSON.stringify(reason),
      });
  }

  async received(id: string, secretId: string): Promise<void> {
    await this.knex('webhook_endpoints')
      .where({ id })
      .update({ last_received_at: databaseNow(this.knex) });
    await this.knex('webhook_secrets')
      .where({ id: secretId })
      .update({ last_used_at: databaseNow(this.knex) });
  }

  #changed(id: string): void {
    this.#listeners.forEach(listener => listener(id));
  }

  /** @throws NotFoundError */
  async #lock(trx: Knex.Transaction, id: string): Promise<void> {
    const query = trx<EndpointRow>('webhook_endpoints').where({ id });
    if (!(await (isSqlite(trx) ? query : query.forUpdate()).first())) {
      throw noEndpoint(id);
    }
  }

  async #withSecrets(rows: EndpointRow[]): Promise<StoredEndpoint[]> {
    const secrets = await this.knex<SecretRow>('webhook_secrets')
      .whereIn(
        'endpoint_id',
        rows.map(row => row.id),
      )
      .orderBy('created_at', 'desc');
    return rows.map(row => endpointFromRow(row, secrets));
  }
}
