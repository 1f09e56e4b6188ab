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
  /** Which key its credentials are encrypted with. */
  keyId?: string;
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
  | 'grants'
  | 'isDefault'
>;

/** Encrypted credentials of one registry. */
export interface SealedCredentials extends SealedSecret {
  /** Shown beside the registry, when the form does not call it a secret. */
  username?: string;
}

/** A row of credentials with what identifies it. */
export interface StoredCredentials extends SealedCredentials {
  id: string;
  registryId: string;
}

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
    credentials?: StoredCredentials,
  ): Promise<RegistryRecord>;
  /**
   * Replaces what is written of a registry. Credentials: `undefined` keeps
   * them, `null` removes them.
   *
   * @throws ConflictError when the version is stale or the name is taken
   */
  update(
    id: string,
    version: number,
    registry: RegistryFields,
    credentials: StoredCredentials | null | undefined,
  ): Promise<RegistryRecord>;
  /** @throws ConflictError when the version is stale */
  remove(id: string, version?: number): Promise<void>;
  /** Keeps the outcome of a check, unless the registry changed meanwhile. */
  setStatus(id: string, version: number, status: RegistryStatus): Promise<void>;
  credentials(registryId: string): Promise<StoredCredentials | undefined>;
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
