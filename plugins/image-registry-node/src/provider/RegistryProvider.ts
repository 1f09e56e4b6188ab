import {
  ImageDetails,
  ProviderDescriptor,
  Reason,
  RepositoryItem,
  ScanSummary,
  TagItem,
  TagSort,
  TlsSettings,
  CheckStep,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryHttp } from '../transport';
import { WebhookFormat } from './WebhookFormat';

/** Credentials as the provider's form names them. Never logged. */
export type RegistryCredentials = Readonly<Record<string, string>>;

/** How urgent a request is; within one budget the first go first. */
export type RequestPriority = 'interactive' | 'webhook' | 'background';

/** What a provider is given to talk to one registry. */
export interface RegistryConnection {
  /** Id of the integration; stable, for caches and budgets. */
  registryId: string;
  /** Normalised base URL: scheme, host, optional port and path, no slash at the end. */
  address: string;
  options: Readonly<Record<string, string | boolean>>;
  tls: TlsSettings;
  namespace?: string;
  /** Host and path that clusters pull from, when not the address. */
  pullAddress?: string;
  credentials?: RegistryCredentials;
  /** A login of its own for clusters to pull with. */
  pullCredentials?: { username: string; password: string };
  /** Hosts of token services, beside the registry's own, that may get the credentials; from config. */
  trustedRealms?: readonly string[];
  /** Guarded, limited, retrying HTTP for this registry and credential. */
  http: RegistryHttp;
}

/** Options that every call to a registry takes. */
export interface RegistryCallOptions {
  signal?: AbortSignal;
  priority?: RequestPriority;
}

/** What is asked of a listing. */
export interface ListOptions extends RegistryCallOptions {
  search?: string;
  namespace?: string;
  sort?: TagSort;
  /** At most this many items in this page. */
  limit?: number;
  /** Opaque, as the page before gave it. */
  cursor?: string;
}

/** One page; `complete: false` and `reason` when it is not the whole truth. */
export interface RegistryPage<T> {
  items: T[];
  nextCursor?: string;
  totalItems?: number;
  complete: boolean;
  reason?: Reason;
}

/** What a tag or digest stands for, from one HEAD (or GET). */
export interface ImageDescriptor {
  digest: string;
  mediaType: string;
  /** Bytes of the manifest itself. */
  size?: number;
}

/** A login that a cluster can pull with. */
export interface PullCredential {
  username: string;
  password: string;
  /**
   * What it is, so that whoever passes it on can tell what that gives away.
   * `pull`: a login that a person made for clusters. `short-lived`: the vendor
   * issued it and it ends within hours; until then it may be able to do all
   * that the portal can. `manage`: the portal's own, which only the explicit
   * switch `pullWithManage` lets into a cluster.
   */
  from: 'pull' | 'short-lived' | 'manage';
  /** ISO 8601; absent when it does not expire. */
  expiresAt?: string;
  /**
   * ISO 8601, before `expiresAt`: from then on another one is given out, and
   * copies of this one are to be replaced. Only of `short-lived` ones.
   */
  renewAt?: string;
}

/** How full one place of a registry is. */
export interface RegistryQuota {
  /** Project, instance or account, in the vendor's word. */
  place: string;
  /** Bytes. */
  used: number;
  /** Bytes; absent: no limit. */
  limit?: number;
}

/** A webhook that a vendor's API is asked to make. */
export interface NewWebhook {
  name: string;
  /** With the secret in it, when the vendor can send none otherwise. */
  url: string;
  secret: string;
  /** Where the vendor keeps webhooks; absent: the connection's namespace. */
  place?: string;
  /** Repositories that it should tell of; absent: all of the place. */
  repositories?: readonly string[];
  /** What the endpoint verifies the vendor's signature with. */
  settings?: Readonly<Record<string, string>>;
}

/** Where a person finds a webhook that was made. */
export interface MadeWebhook {
  /** A link, or words. */
  location: string;
  /** The same in words, for translation; absent when it is a link alone. */
  where?: Reason;
}

/** Words as {@link MadeWebhook} has them. */
export function foundAt(where: Reason): MadeWebhook {
  return { location: where.message, where };
}

/**
 * One connected registry. Errors are {@link RegistryError}s with a sentence
 * that names the vendor, the operation, the cause and the remedy.
 */
export interface RegistryClient {
  /** The steps behind reachability: ping, authenticate, list, pull. At most four requests when all is well. */
  check(options?: RegistryCallOptions): Promise<CheckStep[]>;
  listNamespaces?(options: ListOptions): Promise<RegistryPage<string>>;
  listRepositories(options: ListOptions): Promise<RegistryPage<RepositoryItem>>;
  listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>>;
  /**
   * What a tag or digest means now.
   * @throws RegistryError with code `not-found` when it does not exist
   */
  resolve(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<ImageDescriptor>;
  inspect(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<Omit<ImageDetails, 'registryId' | 'pullReference'>>;
  /**
   * A login for clusters: the separate one, else a temporary one of the
   * vendor, else the portal's own; undefined for an anonymous registry.
   */
  pullCredential?(
    options?: RegistryCallOptions,
  ): Promise<PullCredential | undefined>;
  /**
   * Fetches a manifest as a cluster with this login does; anonymously without.
   * A registry may refuse to give out what it lists.
   * @throws RegistryError with its words
   */
  tryPull?(
    repository: string,
    digest: string,
    login: { username: string; password: string } | undefined,
    options?: RegistryCallOptions,
  ): Promise<void>;
  /** What the registry's scanner says of one digest. */
  scanReport?(
    repository: string,
    digest: string,
    options?: RegistryCallOptions,
  ): Promise<ScanSummary>;
  /** Kinds of signatures of one digest: `cosign`, `notation`. */
  signatures?(
    repository: string,
    digest: string,
    options?: RegistryCallOptions,
  ): Promise<string[]>;
  quota?(options?: RegistryCallOptions): Promise<RegistryQuota[]>;
  /**
   * Makes the webhook, or changes the one of the same name.
   * @returns where a person finds it
   */
  createWebhook?(
    webhook: NewWebhook,
    options?: RegistryCallOptions,
  ): Promise<MadeWebhook>;
}

/** A kind of registry. Adding one takes one folder and no frontend change. */
export interface RegistryProvider {
  readonly descriptor: ProviderDescriptor;
  /**
   * Form the address of this kind from what a person typed.
   * @throws InputError naming what is wrong
   */
  normalizeAddress?(address: string): string;
  /**
   * Which given values are wrong, by the path of their field:
   * `credentials.password`, `options.region`. Never with a value that may be a
   * secret.
   */
  validate?(input: {
    address: string;
    options: Readonly<Record<string, string | boolean>>;
    credentials?: RegistryCredentials;
  }): Record<string, Reason>;
  connect(connection: RegistryConnection): RegistryClient;
  readonly webhook?: WebhookFormat;
}
