import { createPrivateKey, KeyObject } from 'node:crypto';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';

/** What of a service account's key is used. */
export interface ServiceAccountKey {
  email: string;
  keyId: string;
  key: KeyObject;
  project?: string;
}

/** A text that is no key of a service account; nothing of it is repeated. */
export class InvalidKeyError extends Error {
  constructor(readonly reason: Reason) {
    super(reason.message);
  }
}

/**
 * Reads a key as it was downloaded, or in base64. Where it says that tokens
 * come from is not looked at, and other kinds of credentials are refused: they
 * name URLs and files of the machine to read.
 *
 * @throws InvalidKeyError that says what is wrong
 */
export function readServiceAccountKey(text: string): ServiceAccountKey {
  const fields = parse(text);
  const { client_email, private_key, private_key_id, project_id, type } =
    fields;
  if (type !== 'service_account') {
    const given =
      typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : 'none';
    throw new InvalidKeyError(
      because(
        'google-key-other-type',
        `is of type ${given}; only keys of service accounts are taken`,
        { type: given },
      ),
    );
  }
  if (typeof client_email !== 'string' || typeof private_key !== 'string') {
    throw new InvalidKeyError(
      because('google-key-lacks', 'lacks client_email or private_key'),
    );
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
  throw new InvalidKeyError(
    because(
      'google-key-unreadable',
      'is neither the JSON of a key nor its base64',
    ),
  );
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
  throw new InvalidKeyError(
    because(
      'google-key-no-rsa',
      'holds a private_key that is no RSA key in PEM form',
    ),
  );
}
