import { generateKeyPairSync } from 'node:crypto';
import { googlePlace } from './googlePlace';

/** Whose keys there are. */
export type GoogleServiceAccount =
  /** Reads and pulls in the project. */
  | 'portal'
  /** Known, without any role. */
  | 'nobody'
  /** Well-formed, of an account that does not exist any more. */
  | 'deleted';

const made = new Map<GoogleServiceAccount, string>();

/**
 * A key as Google lets it be downloaded, in JSON: the same in one process,
 * made when it is first asked for, so that none is kept in this repository.
 */
export function googleServiceAccountKey(name: GoogleServiceAccount): string {
  const key = made.get(name) ?? makeKey(name);
  made.set(name, key);
  return key;
}

function makeKey(name: GoogleServiceAccount): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const { project } = googlePlace;
  return JSON.stringify(
    {
      type: 'service_account',
      project_id: project,
      private_key_id: `sandbox-key-of-${name}`,
      private_key: privateKey,
      client_email: `${name}@${project}.iam.gserviceaccount.com`,
      client_id: '100000000000000000001',
      token_uri: 'https://oauth2.googleapis.com/token',
      universe_domain: 'googleapis.com',
    },
    undefined,
    2,
  );
}
