import { because } from '@slipway/backstage-plugin-image-registry-node';
import {
  CredentialPurpose,
  RegistryFields,
  RegistryRecord,
  StoredCredentials,
} from './RegistryStore';

/** Why a registry of app-config is only kept for what refers to it. */
const REMOVED = because('registry-removed', 'It is no longer in app-config');

/** Row of `registries`. PostgreSQL gives bigint as text, SQLite booleans as 0 and 1. */
export interface RegistryRow {
  id: string;
  name: string;
  name_key: string;
  provider: string;
  address: string;
  options: string;
  tls: string;
  pull_address: string | null;
  namespace: string | null;
  proxy: string | null;
  pull_with_manage: boolean | number;
  grants: string;
  is_default: boolean | number;
  source: 'database' | 'config';
  status_state: RegistryRecord['status']['state'];
  status_message: string | null;
  status_checked_at: string | number | null;
  status_steps: string | null;
  version: number;
  created_at: string | number;
  updated_at: string | number;
  removed_at: string | number | null;
}

/** Row of `registry_credentials`. */
export interface CredentialsRow {
  id: string;
  registry_id: string;
  purpose: CredentialPurpose;
  key_id: string;
  nonce: string;
  ciphertext: string;
  username: string | null;
  updated_at: string | number;
}

/** A registry's row joined with what of its credentials may be seen. */
export type JoinedRow = RegistryRow & {
  credentials_key_id: string | null;
  credentials_username: string | null;
  pull_credentials_key_id: string | null;
};

function isoTime(milliseconds: string | number): string {
  return new Date(Number(milliseconds)).toISOString();
}

/** How names are compared: without regard to case. */
export function nameKey(name: string): string {
  return name.toLocaleLowerCase('en-US');
}

/** The columns that {@link RegistryFields} become. */
export function toColumns(registry: RegistryFields) {
  return {
    name: registry.name,
    name_key: nameKey(registry.name),
    provider: registry.provider,
    address: registry.address,
    options: JSON.stringify(registry.options),
    tls: JSON.stringify(registry.tls),
    pull_address: registry.pullAddress ?? null,
    namespace: registry.namespace ?? null,
    proxy: registry.proxy ?? null,
    pull_with_manage: registry.pullWithManage,
    grants: JSON.stringify(registry.grants),
    is_default: registry.isDefault,
  };
}

/** What a row tells of a registry. */
export function toRecord(row: JoinedRow): RegistryRecord {
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    address: row.address,
    options: JSON.parse(row.options),
    tls: JSON.parse(row.tls),
    ...(row.pull_address !== null && { pullAddress: row.pull_address }),
    ...(row.namespace !== null && { namespace: row.namespace }),
    ...(row.proxy !== null && { proxy: row.proxy }),
    pullWithManage: Boolean(row.pull_with_manage),
    grants: JSON.parse(row.grants),
    isDefault: Boolean(row.is_default),
    source: row.source,
    hasCredentials: row.credentials_key_id !== null,
    ...(row.credentials_username !== null && {
      username: row.credentials_username,
    }),
    hasPullCredentials: row.pull_credentials_key_id !== null,
    keyIds: [row.credentials_key_id, row.pull_credentials_key_id].filter(
      keyId => keyId !== null,
    ),
    status:
      row.removed_at !== null
        ? { state: 'removed', message: REMOVED.message, because: REMOVED }
        : {
            state: row.status_state,
            ...(row.status_checked_at !== null && {
              checkedAt: isoTime(row.status_checked_at),
            }),
            ...(row.status_message !== null && {
              message: row.status_message,
            }),
            ...(row.status_steps !== null && {
              steps: JSON.parse(row.status_steps),
            }),
          },
    version: row.version,
    createdAt: isoTime(row.created_at),
    updatedAt: isoTime(row.updated_at),
  };
}

/** What a row tells of encrypted credentials. */
export function toCredentials(row: CredentialsRow): StoredCredentials {
  return {
    id: row.id,
    registryId: row.registry_id,
    purpose: row.purpose,
    keyId: row.key_id,
    nonce: row.nonce,
    ciphertext: row.ciphertext,
    ...(row.username !== null && { username: row.username }),
  };
}
