import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { LockedSecretError, SealedSecret, Vault } from '../registries';

const TABLE = 'webhook_secrets';
const BATCH = 100;

/** The columns of a secret that is the key of an HMAC. */
export interface SealedColumns {
  key_id: string | null;
  nonce: string | null;
  ciphertext: string | null;
}

/**
 * Secrets of endpoints whose vendor signs with them: such a key must be known,
 * so it is kept encrypted beside the hash that other secrets are compared by.
 */
export class SecretKeys {
  readonly #knex: Knex;
  readonly #vault: Vault;
  readonly #logger: LoggerService;
  /** Of app-config; they are in no table. */
  readonly #configured = new Map<string, string>();

  constructor(options: { knex: Knex; vault: Vault; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#vault = options.vault;
    this.#logger = options.logger;
  }

  /** Remembers the secret of an endpoint of app-config. */
  configured(endpointId: string, secret: string): void {
    this.#configured.set(endpointId, secret);
  }

  /** @throws ConflictError when no encryption key is configured */
  seal(rowId: string, secret: string): SealedColumns {
    return toColumns(this.#vault.seal(secret, placeOf(rowId)));
  }

  /** The secret in clear; undefined when it is only known by its hash, or locked. */
  open(secret: {
    id: string;
    endpointId: string;
    sealed?: SealedSecret;
  }): string | undefined {
    const configured = this.#configured.get(secret.endpointId);
    if (configured !== undefined || !secret.sealed) {
      return configured;
    }
    try {
      return this.#vault.open(secret.sealed, placeOf(secret.id));
    } catch (error) {
      if (!(error instanceof LockedSecretError)) {
        throw error;
      }
      this.#logger.warn(
        `A secret of webhook endpoint ${secret.endpointId} cannot be used: ${error.message}`,
      );
      return undefined;
    }
  }

  /** Encrypts what older keys encrypted with the current one. */
  async reencrypt(signal?: AbortSignal): Promise<void> {
    const { currentKeyId } = this.#vault;
    if (currentKeyId === undefined) {
      return;
    }
    let after = '';
    for (;;) {
      const rows = await this.#knex<SealedColumns & { id: string }>(TABLE)
        .whereNotNull('key_id')
        .whereNot({ key_id: currentKeyId })
        .where('id', '>', after)
        .orderBy('id')
        .limit(BATCH);
      for (const row of rows) {
        await this.#reencryptOne(row);
      }
      if (rows.length < BATCH || signal?.aborted) {
        return;
      }
      after = rows[rows.length - 1].id;
    }
  }

  async #reencryptOne(row: SealedColumns & { id: string }): Promise<void> {
    const sealed = sealedOf(row);
    if (!sealed || !this.#vault.hasKey(sealed.keyId)) {
      return;
    }
    const secret = this.open({ id: row.id, endpointId: '', sealed });
    if (secret !== undefined) {
      // Nothing when it was replaced meanwhile.
      await this.#knex(TABLE)
        .where({ id: row.id, nonce: row.nonce })
        .update(this.seal(row.id, secret));
    }
  }
}

/** What a row keeps encrypted, if anything. */
export function sealedOf(row: SealedColumns): SealedSecret | undefined {
  const { key_id: keyId, nonce, ciphertext } = row;
  return keyId !== null && nonce !== null && ciphertext !== null
    ? { keyId, nonce, ciphertext }
    : undefined;
}

function toColumns(sealed: SealedSecret): SealedColumns {
  return {
    key_id: sealed.keyId,
    nonce: sealed.nonce,
    ciphertext: sealed.ciphertext,
  };
}

function placeOf(rowId: string) {
  return { table: TABLE, rowId, field: 'ciphertext' };
}
