import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a development portal needs and nobody should have to invent. */
export interface DevelopmentSecrets {
  /** 32 bytes in base64, for the credentials of registries. */
  encryptionKey: string;
  /** Shared by the sandbox registry and its webhook endpoint. */
  webhookSecret: string;
  /** Service-account token of the sandbox cluster. */
  clusterToken: string;
}

const generators: { [name in keyof DevelopmentSecrets]: () => string } = {
  encryptionKey: () => randomBytes(32).toString('base64'),
  webhookSecret: () => randomBytes(24).toString('base64url'),
  clusterToken: () => randomBytes(24).toString('base64url'),
};

function readStored(file: string): Partial<DevelopmentSecrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw new Error(`Cannot read ${file}; delete it to start afresh`, {
      cause: error,
    });
  }
}

/**
 * Reads `secrets.json` of the data folder and generates what it lacks. Known
 * secrets stay: the encryption key opens what the database holds.
 */
export function ensureDevelopmentSecrets(data: string): DevelopmentSecrets {
  const file = join(data, 'secrets.json');
  const stored = readStored(file);
  const secrets: DevelopmentSecrets = {
    encryptionKey: stored.encryptionKey ?? generators.encryptionKey(),
    webhookSecret: stored.webhookSecret ?? generators.webhookSecret(),
    clusterToken: stored.clusterToken ?? generators.clusterToken(),
  };
  mkdirSync(data, { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
