import {
  ImageDescriptor,
  RegistryCallOptions,
  RegistryPage,
} from '../provider/RegistryProvider';
import { RegistryHttp } from '../transport';
import { Authenticator } from './Authenticator';
import { getBlob } from './blob';
import { OciCredentials } from './credentials';
import { ExpiringLogin } from './ExpiringLogin';
import { InspectedImage, inspect } from './inspect';
import { listRepositories } from './listRepositories';
import { OciListOptions, listTags } from './listTags';
import { Manifest, getManifest } from './manifest';
import { OciSession } from './OciSession';
import { ListingLimits } from './pagination';
import { ping } from './ping';
import { resolve } from './resolve';
import { TokenCache } from './TokenCache';

/** Options of {@link createOciClient}. */
export interface OciClientOptions {
  http: RegistryHttp;
  /** Base URL without `/v2/` and without a slash at the end. */
  address: string;
  /** Starts every error's sentence, for example `Docker Hub`. */
  title: string;
  credentials?: OciCredentials;
  /** Instead of `credentials`: a login that is fetched, and ends. */
  login?: ExpiringLogin;
  /** Hosts (`host` or `host:port`) of token services that may get the credentials. */
  trustedRealms?: readonly string[];
  /** Shared by clients; a new one has a cache of its own. */
  tokens?: TokenCache;
  listingLimits?: ListingLimits;
}

/**
 * The reading half of the OCI distribution protocol (v1.1), with what real
 * servers do differently. All calls throw RegistryErrors, and InputErrors for
 * names that are none.
 */
export interface OciClient {
  /** Throws when there is no registry, or it refuses the credentials. */
  ping(options?: RegistryCallOptions): Promise<void>;
  /** By `_catalog`; `unsupported` where a registry has none. */
  listRepositories(options?: OciListOptions): Promise<RegistryPage<string>>;
  /** In the registry's order; all of them without `limit` and `cursor`. */
  listTags(
    repository: string,
    options?: OciListOptions,
  ): Promise<RegistryPage<string>>;
  /** What a tag or digest means now, from one HEAD. */
  resolve(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<ImageDescriptor>;
  manifest(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<Manifest>;
  /** Read whole and verified. */
  blob(
    repository: string,
    digest: string,
    options?: RegistryCallOptions & { maxBytes?: number },
  ): Promise<Buffer>;
  inspect(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<InspectedImage>;
  /** How the registry was last seen to be signed in to. */
  readonly authentication: 'basic' | 'bearer' | undefined;
}

class DefaultOciClient implements OciClient {
  constructor(
    private readonly session: OciSession,
    private readonly limits: ListingLimits | undefined,
  ) {}

  get authentication() {
    return this.session.authenticator.schemeInUse;
  }

  ping(options?: RegistryCallOptions) {
    return ping(this.session, options);
  }

  listRepositories(options: OciListOptions = {}) {
    return listRepositories(this.session, options, this.limits);
  }

  listTags(repository: string, options: OciListOptions = {}) {
    return listTags(this.session, repository, options, this.limits);
  }

  resolve(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ) {
    return resolve(this.session, repository, reference, options);
  }

  manifest(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ) {
    return getManifest(this.session, repository, reference, options);
  }

  blob(
    repository: string,
    digest: string,
    options?: RegistryCallOptions & { maxBytes?: number },
  ) {
    return getBlob(this.session, repository, digest, options);
  }

  inspect(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ) {
    return inspect(this.session, repository, reference, options);
  }
}

/** A client on a session that somebody else uses too. */
export function createOciClientOfSession(
  session: OciSession,
  limits?: ListingLimits,
): OciClient {
  return new DefaultOciClient(session, limits);
}

/** The session of a client; also serves the check, which looks at each step. */
export function createOciSession(options: OciClientOptions): OciSession {
  const address = options.address.replace(/\/+$/, '');
  return new OciSession(
    options.http,
    address,
    options.title,
    new Authenticator({
      http: options.http,
      title: options.title,
      credentials: options.credentials,
      login: options.login,
      tokens: options.tokens ?? TokenCache.create(),
      trustedRealms: options.trustedRealms ?? [],
    }),
  );
}

/**
 * Makes a client of one registry. Keep it as long as the settings stay the
 * same: it remembers how to sign in.
 */
export function createOciClient(options: OciClientOptions): OciClient {
  return createOciClientOfSession(
    createOciSession(options),
    options.listingLimits,
  );
}
