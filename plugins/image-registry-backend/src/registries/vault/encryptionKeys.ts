import { RootConfigService } from '@backstage/backend-plugin-api';

/** A key from app-config. */
export interface EncryptionKey {
  id: string;
  secret: Buffer;
}

const CONFIG_KEY = 'imageRegistry.encryption.keys';
const SECRET_BYTES = 32;
const base64Pattern = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The keys of `imageRegistry.encryption.keys`, the first of which encrypts.
 * @throws Error that names the entry which is wrong, never its secret
 */
export function readEncryptionKeys(config: RootConfigService): EncryptionKey[] {
  const entries = config.getOptionalConfigArray(CONFIG_KEY) ?? [];
  const keys = entries.map((entry, index) => {
    const id = entry.getString('id');
    const text = entry.getString('secret').trim();
    const secret = Buffer.from(text, 'base64');
    if (!base64Pattern.test(text) || secret.length !== SECRET_BYTES) {
      throw new Error(
        `${CONFIG_KEY}[${index}].secret ("${id}") must be ${SECRET_BYTES} random bytes in base64, for example from "openssl rand -base64 32"`,
      );
    }
    return { id, secret };
  });
  keys.forEach(({ id }, index) => {
    if (keys.findIndex(key => key.id === id) !== index) {
      throw new Error(`${CONFIG_KEY}[${index}].id "${id}" is there twice`);
    }
  });
  return keys;
}
