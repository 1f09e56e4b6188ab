import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  because,
  RegistryCredentials,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { CredentialPurpose, RegistryStore, StoredCredentials } from './store';
import { LockedSecretError, SealedSecret, Vault } from './vault';

const BATCH = 100;

/** The one place where credentials of registries are encrypted and decrypted. */
export class CredentialSafe {
  readonly #store: RegistryStore;
  readonly #vault: Vault;
  readonly #logger: LoggerService;

  constructor(options: {
    store: RegistryStore;
    vault: Vault;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#vault = options.vault;
    this.#logger = options.logger;
  }

  /** @throws ConflictError when no key is configured */
  seal(
    registryId: string,
    purpose: CredentialPurpose,
    credentials: RegistryCredentials,
    username: string | undefined,
  ): StoredCredentials {
    const id = randomUUID();
    return {
      id,
      registryId,
      purpose,
      ...this.#vault.seal(JSON.stringify(credentials), placeOf(id)),
      ...(username !== undefined && { username }),
    };
  }

  /** @throws RegistryError when no configured key opens them */
  async open(
    registryId: string,
    purpose: CredentialPurpose,
  ): Promise<RegistryCredentials | undefined> {
    const stored = await this.#store.credentials(registryId, purpose);
    return stored && JSON.parse(this.#open(stored));
  }

  /** Why the credentials encrypted with these keys cannot be used. */
  lockedReason(keyIds: readonly string[]): Reason | undefined {
    const missing = keyIds.find(keyId => !this.#vault.hasKey(keyId));
    return missing === undefined
      ? undefined
      : because(
          'registry-locked',
          `Locked: its credentials are encrypted with the key "${missing}", which is not in imageRegistry.encryption.keys`,
          { key: missing },
        );
  }

  /** Credentials that the current key does not encrypt yet. */
  async countOutdated(): Promise<number> {
    const { currentKeyId } = this.#vault;
    return currentKeyId === undefined
      ? 0
      : this.#store.countOtherKeys(currentKeyId);
  }

  /**
   * Encrypts what older keys encrypted with the current one.
   * @returns how many rows were changed, and how many no key opens
   */
  async reencrypt(
    signal?: AbortSignal,
  ): Promise<{ changed: number; locked: number }> {
    const { currentKeyId } = this.#vault;
    if (currentKeyId === undefined) {
      return { changed: 0, locked: 0 };
    }
    let changed = 0;
    const locked = new Set<string>();
    for (;;) {
      const rows = await this.#store.credentialsOfOtherKeys(
        currentKeyId,
        BATCH + locked.size,
      );
      const pending = rows.filter(row => !locked.has(row.id));
      if (pending.length === 0 || signal?.aborted) {
        break;
      }
      for (const row of pending) {
        const sealed = this.#resealed(row);
        if (!sealed) {
          locked.add(row.id);
        } else if (await this.#store.replaceSealed(row, sealed)) {
          changed++;
        }
      }
    }
    if (changed || locked.size) {
      this.#logger.info(
        `Credentials of ${changed} registries were encrypted with the key "${currentKeyId}"; ${locked.size} are locked by keys that are not configured`,
      );
    }
    return { changed, locked: locked.size };
  }

  #resealed(row: StoredCredentials): SealedSecret | undefined {
    try {
      const place = placeOf(row.id);
      return this.#vault.seal(this.#vault.open(row, place), place);
    } catch (error) {
      if (error instanceof LockedSecretError) {
        return undefined;
      }
      throw error;
    }
  }

  #open(stored: StoredCredentials): string {
    try {
      return this.#vault.open(stored, placeOf(stored.id));
    } catch (error) {
      if (error instanceof LockedSecretError) {
        throw new RegistryError('unauthenticated', error.message, {
          hint: advise(
            'bring-key-back',
            'Bring the key back, or enter the credentials again',
          ),
        });
      }
      throw error;
    }
  }
}

function placeOf(rowId: string) {
  return { table: 'registry_credentials', rowId, field: 'ciphertext' };
}
