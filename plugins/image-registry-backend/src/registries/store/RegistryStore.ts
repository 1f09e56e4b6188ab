import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { RegistryStatus } from '@slipway/backstage-plugin-image-registry-common';
import { StoredRegistry } from '../RegistryService';
import { SealedSecret } from '../vault';

/** A condition of a permission policy on registries. */
export interface RegistryFilter {
  property: 'id' | 'provider' | 'source';
  values: string[];
}

/** A registry as its row tells it. */
export interface RegistryRecord extends StoredRegistry {
  /** The keys that its credentials are encrypted with. */
  keyIds: string[];
}

/** What is written of a registry. */
export type RegistryFields = Pick<
  StoredRegistry,
  | 'name'
  | 'provider'
  | 'address'
  | 'options'
  | 'tls'
  | 'pullAddress'
  | 'namespace'
  | 'proxy'
  | 'pullWithManage'
  | 'grants'
  | 'isDefault'
>;

/**
 * What credentials are for: `manage` to browse and to call the vendor's API,
 * `pull` for clusters.
 */
export type CredentialPurpose = 'manage' | 'pull';

/** Encrypted credentials of one registry. */
export interface SealedCredentials extends SealedSecret {
  /** Shown beside the registry, when the form does not call it a secret. */
  username?: string;
}

/** A row of credentials with what identifies it. */
export interface StoredCredentials extends SealedCredentials {
  id: string;
  registryId: string;
  purpose: CredentialPurpose;
}

/** Credentials to be written: `undefined` keeps what is there, `null` removes it. */
export type CredentialChanges = Readonly<
  Record<CredentialPurpose, StoredCredentials | null | undefined>
>;

/** A registry of app-config. */
export interface ConfiguredRegistryFields extends RegistryFields {
  id: string;
}

/** Where registries and their encrypted credentials are kept. */
export interface RegistryStore {
  /** By name; only those that the criteria allow. */
  list(
    criteria?: PermissionCriteria<RegistryFilter>,
  ): Promise<RegistryRecord[]>;
  find(id: string): Promise<RegistryRecord | undefined>;
  /**
   * Adds a registry; the first one becomes the default.
   * @throws ConflictError when the name is taken
   */
  create(
    registry: { id: string } & RegistryFields,
    credentials?: readonly StoredCredentials[],
  ): Promise<RegistryRecord>;
  /**
   * Replaces what is written of a registry.
   *
   * @throws ConflictError when the version is stale or the name is taken
   */
  update(
    id: string,
    version: number,
    registry: RegistryFields,
    credentials: CredentialChanges,
  ): Promise<RegistryRecord>;
  /** @throws ConflictError when the version is stale */
  remove(id: string, version?: number): Promise<void>;
  /** Keeps the outcome of a check, unless the registry changed meanwhile. */
  setStatus(id: string, version: number, status: RegistryStatus): Promise<void>;
  credentials(
    registryId: string,
    purpose: CredentialPurpose,
  ): Promise<StoredCredentials | undefined>;
  /**
   * Makes the mirrored rows equal to app-config. Rows that are no longer in
   * it get the status `removed`.
   */
  mirror(registries: ConfiguredRegistryFields[]): Promise<void>;
  /** Rows that another key than this one encrypts. */
  countOtherKeys(keyId: string): Promise<number>;
  credentialsOfOtherKeys(
    keyId: string,
    limit: number,
  ): Promise<StoredCredentials[]>;
  /** @returns false when the row changed meanwhile */
  replaceSealed(
    before: StoredCredentials,
    sealed: SealedSecret,
  ): Promise<boolean>;
}
