import { createPrivateKey, KeyObject } from 'node:crypto';

/** What of a service account's key is used. */
export interface ServiceAccountKey {
  email: string;
  keyId: string;
  key: KeyObject;
  project?: string;
}

/**
 * Reads a key as it was downloaded, or in base64. Where it says that tokens
 * come from is not looked at, and other kinds of credentials are refused: they
 * name URLs and files of the machine to read.
 *
 * @throws Error that says what is wrong, without anything of the key
 */
export function readServiceAccountKey(text: string): ServiceAccountKey {
  const fields = parse(text);
  const { client_email, private_key, private_key_id, project_id, type } =
    fields;
  if (type !== 'service_account') {
    throw new Error(
      `is of type ${
        typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : 'none'
      }; only keys of service accounts are taken`,
    );
  }
  if (typeof client_email !== 'string' || typeof private_key !== 'string') {
    throw new Error('lacks client_email or private_key');
  }
  return {
    email: client_email,
    keyId: typeof private_key_id === 'string' ? private_key_id : '',
    key: readPrivateKey(private_key),
    ...(typeof project_id === 'string' && { project: project_id }),
  };
}

function parse(text: string): Record<string, unknown> {
  const trimmed = text.trim();
  const json = trimmed.startsWith('{')
    ? trimmed
    : Buffer.from(trimmed, 'base64').toString('utf8');
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below, without what the parser quotes.
  }
  throw new Error('is neither the JSON of a key nor its base64');
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') {
      return key;
    }
  } catch {
    // Said below.
  }
  throw new Error('holds a private_key that is no RSA key in PEM form');
}
