import {
  CheckStep,
  RepositoryItem,
  TagItem,
  isArtifactTag,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageDescriptor,
  ListOptions,
  PullCredential,
  RegistryCallOptions,
  RegistryClient,
  RegistryConnection,
  RegistryCredentials,
  RegistryPage,
} from '../provider/RegistryProvider';
import { RegistryHttpResponse } from '../transport';
import { checkStep } from '../vendor/vendorCheck';
import {
  ProbeImage,
  assertMayPull,
  assertMayPullByProbe,
  checkConnection,
  checkSignIn,
  findSignIn,
} from './checkConnection';
import { OciCredentials } from './credentials';
import { decodeCursor, encodeCursor, resumeAt } from './cursor';
import { ExpiringLogin } from './ExpiringLogin';
import { InspectedImage } from './inspect';
import {
  OciClient,
  createOciClient,
  createOciClientOfSession,
  createOciSession,
} from './OciClient';
import { OciRequest, OciSession } from './OciSession';
import { toPullCredential } from './pullCredential';
import { sortTags } from './tagOrder';
import { TokenCache } from './TokenCache';

/** Options of {@link createOciRegistryClient}. */
export interface OciRegistryClientOptions {
  /** Vendor, as errors name it. */
  title: string;
  /** Shared by clients; a new one has a cache of its own. */
  tokens?: TokenCache;
  /** Makes what the registry is signed in to with; `username` and `password`, or `identityToken`, by default. */
  toOciCredentials?: (
    credentials: RegistryCredentials,
  ) => OciCredentials | undefined;
  /** A login that the vendor issues for some time, instead of the credentials. */
  login?: ExpiringLogin;
}

function defaultOciCredentials({
  username = '',
  password,
  identityToken,
}: RegistryCredentials): OciCredentials | undefined {
  if (identityToken) {
    return { identityToken };
  }
  return password ? { username, password } : undefined;
}

/** Cuts one page out of a list that is held whole. */
function cutWhole(
  whole: RegistryPage<string>,
  items: string[],
  { limit = items.length, cursor }: ListOptions,
): RegistryPage<string> {
  const start = cursor ? resumeAt(items, decodeCursor(cursor)) : 0;
  const end = start + Math.max(1, limit);
  return {
    ...whole,
    items: items.slice(start, end),
    totalItems: items.length,
    nextCursor:
      end < items.length
        ? encodeCursor({ query: '', offset: end, after: items[end - 1] })
        : undefined,
  };
}

function containing(search: string | undefined): (text: string) => boolean {
  const wanted = search?.trim().toLowerCase() ?? '';
  return text => text.toLowerCase().includes(wanted);
}

/**
 * A {@link RegistryClient} that needs nothing but the distribution protocol.
 * Providers with an API of their own extend it, and replace the listings.
 */
export class OciRegistryClient implements RegistryClient {
  /** The protocol below. */
  readonly oci: OciClient;
  protected readonly connection: RegistryConnection;
  private readonly session: OciSession;
  private readonly options: OciRegistryClientOptions;

  constructor(
    connection: RegistryConnection,
    options: OciRegistryClientOptions,
  ) {
    const toOciCredentials = options.toOciCredentials ?? defaultOciCredentials;
    this.connection = connection;
    this.options = options;
    this.session = createOciSession({
      http: connection.http,
      address: connection.address,
      title: options.title,
      ...(options.login
        ? { login: options.login }
        : {
            credentials:
              connection.credentials &&
              toOciCredentials(connection.credentials),
          }),
      trustedRealms: connection.trustedRealms,
      tokens: options.tokens,
    });
    this.oci = createOciClientOfSession(this.session);
  }

  check(options?: RegistryCallOptions): Promise<CheckStep[]> {
    return checkConnection(this.session, options, this.connection.namespace);
  }

  /** The steps ping and authenticate, for vendors with an API of their own. */
  protected checkSignIn(options?: RegistryCallOptions): Promise<CheckStep[]> {
    return checkSignIn(this.session, options);
  }

  /**
   * The step ping alone, for vendors whose API tells whether the account is
   * right: how to sign in is known afterwards. One request.
   */
  protected checkPing(options?: RegistryCallOptions): Promise<CheckStep> {
    return checkStep('ping', () => findSignIn(this.session, options));
  }

  /** @throws RegistryError when the account may not pull; one request. */
  protected assertMayPull(
    repository: string,
    options?: RegistryCallOptions,
  ): Promise<void> {
    return assertMayPull(this.session, repository, options);
  }

  /**
   * The same with the HEAD of another image, which tells of the registry's
   * limits; two requests.
   */
  protected assertMayPullByProbe(
    repository: string,
    probe: ProbeImage,
    options?: RegistryCallOptions,
  ): Promise<void> {
    return assertMayPullByProbe(this.session, repository, probe, options);
  }

  /** Asks an API of the vendor that is signed in to as the registry is. */
  protected send(request: OciRequest): Promise<RegistryHttpResponse> {
    return this.session.send(request);
  }

  /**
   * Signs in at once, where a vendor's challenge is known beforehand; another
   * one is still answered as it asks.
   *
   * @param challenge - a value of `WWW-Authenticate`
   */
  protected expectChallenge(challenge: string): void {
    this.session.authenticator.noteScheme({
      status: 401,
      url: this.session.url(''),
      headers: { 'www-authenticate': challenge },
    });
  }

  /**
   * Where tokens come from, as the registry says and the rules for realms
   * allow; one request when it is not known yet.
   *
   * @returns undefined where no tokens are needed
   * @throws RegistryError
   */
  protected async findTokenService(
    options?: RegistryCallOptions,
  ): Promise<URL | undefined> {
    const { authenticator } = this.session;
    if (!authenticator.schemeInUse) {
      await findSignIn(this.session, options);
    }
    return authenticator.tokenService;
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const { signal, priority, search } = options;
    const namespace = options.namespace ?? this.connection.namespace;
    const toItems = (page: RegistryPage<string>) => ({
      ...page,
      items: page.items.map(repository => ({ repository })),
    });
    if (!search && !namespace) {
      return toItems(await this.oci.listRepositories(options));
    }
    const whole = await this.oci.listRepositories({ signal, priority });
    const matches = containing(search);
    const items = whole.items.filter(
      name => matches(name) && (!namespace || name.startsWith(`${namespace}/`)),
    );
    return toItems(cutWhole(whole, items, options));
  }

  /**
   * Without `search` and `sort` in the registry's order, page by page; with
   * them the whole list is read. Tags that only carry signatures and the like
   * are left out: they are no images.
   */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const { signal, priority, search, sort } = options;
    const toItems = (page: RegistryPage<string>) => ({
      ...page,
      items: page.items.map(tag => ({ tag })),
    });
    if (!search && !sort) {
      const page = await this.oci.listTags(repository, options);
      const items = page.items.filter(tag => !isArtifactTag(tag));
      const isCounted = items.length === page.items.length;
      return toItems({
        ...page,
        items,
        totalItems: isCounted ? page.totalItems : undefined,
      });
    }
    const whole = await this.oci.listTags(repository, { signal, priority });
    const matches = containing(search);
    const items = whole.items.filter(
      tag => !isArtifactTag(tag) && matches(tag),
    );
    return toItems(
      cutWhole(whole, sort ? sortTags(items, sort) : items, options),
    );
  }

  resolve(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<ImageDescriptor> {
    return this.oci.resolve(repository, reference, options);
  }

  inspect(
    repository: string,
    reference: string,
    options?: RegistryCallOptions,
  ): Promise<InspectedImage> {
    return this.oci.inspect(repository, reference, options);
  }

  /**
   * The login of its own for clusters, else the vendor's temporary one, else
   * what the portal itself signs in with.
   */
  async pullCredential(
    options?: RegistryCallOptions,
  ): Promise<PullCredential | undefined> {
    const { pullCredentials, credentials } = this.connection;
    if (pullCredentials) {
      return { ...pullCredentials, from: 'pull' };
    }
    if (this.options.login) {
      return toPullCredential(await this.options.login.get(options));
    }
    const toOciCredentials =
      this.options.toOciCredentials ?? defaultOciCredentials;
    const own = credentials && toOciCredentials(credentials);
    return own && 'username' in own ? { ...own, from: 'manage' } : undefined;
  }

  /** By its own session: what the portal may read proves nothing. */
  async tryPull(
    repository: string,
    digest: string,
    login: OciCredentials | undefined,
    options?: RegistryCallOptions,
  ): Promise<void> {
    const { http, address, trustedRealms } = this.connection;
    const { title } = this.options;
    const asCluster = createOciClient({
      http,
      address,
      title,
      trustedRealms,
      credentials: login,
    });
    await asCluster.manifest(repository, digest, options);
  }
}

/** Makes the client of a registry that is known only to speak the protocol. */
export function createOciRegistryClient(
  connection: RegistryConnection,
  options: OciRegistryClientOptions,
): OciRegistryClient {
  return new OciRegistryClient(connection, options);
}
