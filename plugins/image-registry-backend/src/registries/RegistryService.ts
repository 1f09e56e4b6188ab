import { Entity } from '@backstage/catalog-model';
import {
  Grant,
  RegistryStatus,
  RegistryUsage,
  TlsSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryBudget,
  RegistryCallOptions,
  RegistryClient,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { PullLogin } from './pullLogin';

/** A registry integration inside the backend, without its credentials. */
export interface StoredRegistry {
  id: string;
  name: string;
  provider: string;
  /** Normalised base URL. */
  address: string;
  options: Record<string, string | boolean>;
  tls: TlsSettings;
  pullAddress?: string;
  namespace?: string;
  /** Proxy for this registry alone. */
  proxy?: string;
  /** Clusters may be given the credentials that the portal itself uses. */
  pullWithManage: boolean;
  grants: Grant[];
  isDefault: boolean;
  source: 'database' | 'config';
  hasCredentials: boolean;
  /** A login of its own exists for clusters to pull with. */
  hasPullCredentials: boolean;
  username?: string;
  status: RegistryStatus;
  version: number;
  createdAt?: string;
  updatedAt?: string;
}

/** An image reference that one of the connected registries serves. */
export interface ServedImage {
  registry: StoredRegistry;
  repository: string;
  tag?: string;
  digest?: string;
}

/** Tells what uses a registry; rooms that refer to registries register one. */
export type RegistryUsageSource = (
  registryId: string,
) => Promise<RegistryUsage[]>;

/**
 * What the other rooms need of registries. No permission is checked here:
 * routes ask through `AuthorizedRegistries`, background work acts for the
 * portal and checks grants.
 */
export interface RegistryService {
  list(): Promise<StoredRegistry[]>;
  /** @throws NotFoundError */
  get(id: string): Promise<StoredRegistry>;
  find(id: string): Promise<StoredRegistry | undefined>;
  /**
   * The client of a registry; shared, its caches and budgets live with it.
   * @throws NotFoundError, or RegistryError when it is locked or its provider
   * is not installed
   */
  client(id: string): Promise<RegistryClient>;
  /**
   * What clusters sign in to a registry with, for pull secrets: its login of
   * its own for clusters, else one that the vendor issues for some hours, else
   * the portal's own where `pullWithManage` allows it. Kept until its
   * `renewAt`, so it may be asked as often as wanted; the answer after that is
   * another login, and copies of the one before are to be replaced.
   *
   * @returns undefined where images are pulled without signing in
   * @throws PullLoginRefusedError when there is none that may leave the portal
   * @throws NotFoundError, or RegistryError when the vendor issues none now,
   * the registry is locked or its provider is not installed
   */
  pullLogin(
    id: string,
    options?: RegistryCallOptions,
  ): Promise<PullLogin | undefined>;
  /**
   * Fetches a manifest as clusters do, with what they sign in with: a registry
   * may refuse to give out what it lists. What was given is not asked for
   * again for some minutes.
   *
   * @returns false where this kind of registry cannot be tried
   * @throws RegistryError with the registry's words
   * @throws PullLoginRefusedError when there is no login for clusters
   */
  tryPull(id: string, repository: string, digest: string): Promise<boolean>;
  /**
   * Passwords and tokens of all registries, and pairs of user and password, to
   * take them out of texts. Never logged, stored or answered.
   */
  secrets(): Promise<string[]>;
  /** What is left of what the registry allows, as its last answers said. */
  budget(registry: StoredRegistry): RegistryBudget | undefined;
  /** @throws NotFoundError when no such provider is installed */
  provider(id: string): RegistryProvider;
  providers(): RegistryProvider[];
  /** Whether a component may use a repository of a registry. */
  isGranted(
    registry: StoredRegistry,
    repository: string,
    entity: Entity,
  ): boolean;
  /** The connected registry that serves an image reference, the most specific first. */
  findByImage(image: string): Promise<ServedImage | undefined>;
  /** What a cluster pulls: `host[/path]/repository[:tag][@digest]`. */
  pullReference(
    registry: StoredRegistry,
    image: { repository: string; tag?: string; digest?: string },
  ): string;
  addUsageSource(source: RegistryUsageSource): void;
  /** The endpoints that app-config declares for its registries. */
  configuredEndpoints(): ConfiguredEndpoint[];
}

/** A webhook endpoint from app-config; its secret is compared, never shown. */
export interface ConfiguredEndpoint {
  /** Stable: `config-<registry id>-<name>`. */
  id: string;
  registryId: string;
  name: string;
  secret: string;
  repositories?: string[];
  /** What the vendor's signature is verified against, by name. */
  settings?: Record<string, string>;
}
