import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { EncryptionKey, readEncryptionKeys } from './encryptionKeys';

/** A secret as it is stored. */
export interface SealedSecret {
  keyId: string;
  /** Base64. */
  nonce: string;
  /** Base64; the authentication tag is at the end. */
  ciphertext: string;
}

/** Where a secret is stored; it opens nowhere else. */
export interface SecretPlace {
  table: string;
  rowId: string;
  field: string;
}

/** A stored secret that none of the configured keys opens. */
export class LockedSecretError extends Error {
  constructor(readonly keyId: string, message: string) {
    super(message);
    this.name = 'LockedSecretError';
  }
}

const ALGORITHM = 'aes-256-gcm';
/** Recommended for GCM by NIST SP 800-38D. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must not be readable in the database. */
export interface Vault {
  /** Id of the key that encrypts; absent without any key. */
  readonly currentKeyId: string | undefined;
  hasKey(keyId: string): boolean;
  /** @throws ConflictError when no key is configured */
  seal(plaintext: string, place: SecretPlace): SealedSecret;
  /** @throws LockedSecretError when its key is missing or another one */
  open(sealed: SealedSecret, place: SecretPlace): string;
}

/** AES-256-GCM with keys from app-config. */
export class ConfigVault implements Vault {
  readonly currentKeyId: string | undefined;
  readonly #keys: ReadonlyMap<string, EncryptionKey>;

  /** @throws Error when a configured key is malformed */
  static create(options: { config: RootConfigService }): ConfigVault {
    return new ConfigVault(readEncryptionKeys(options.config));
  }

  private constructor(keys: EncryptionKey[]) {
    this.currentKeyId = keys.at(0)?.id;
    this.#keys = new Map(keys.map(key => [key.id, key]));
  }

  hasKey(keyId: string): boolean {
    return this.#keys.has(keyId);
  }

  seal(plaintext: string, place: SecretPlace): SealedSecret {
    const key =
      this.currentKeyId === undefined
        ? undefined
        : this.#keys.get(this.currentKeyId);
    if (!key) {
      throw refusal(
        ConflictError,
        because(
          'no-encryption-key',
          'Credentials cannot be stored: no encryption key is configured. Set imageRegistry.encryption.keys in app-config',
        ),
      );
    }
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key.secret, nonce);
    cipher.setAAD(associatedData(place));
    const ciphertext = Buffer.concat([
      cipher.update(plaintext, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return {
      keyId: key.id,
      nonce: nonce.toString('base64'),
      ciphertext: ciphertext.toString('base64'),
    };
  }

  open(sealed: SealedSecret, place: SecretPlace): string {
    const key = this.#keys.get(sealed.keyId);
    if (!key) {
      throw new LockedSecretError(
        sealed.keyId,
        `The credentials are encrypted with the key "${sealed.keyId}", which is not in imageRegistry.encryption.keys`,
      );
    }
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    try {
      const decipher = createDecipheriv(
        ALGORITHM,
        key.secret,
        Buffer.from(sealed.nonce, 'base64'),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAAD(associatedData(place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(0, -TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      // The cause says nothing more, and its text is not ours.
      throw new LockedSecretError(
        sealed.keyId,
        `The credentials do not open with the key "${sealed.keyId}": its secret in imageRegistry.encryption.keys is another one than before, or the stored row was changed`,
      );
    }
  }
}

function associatedData({ table, rowId, field }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([table, rowId, field]));
}
