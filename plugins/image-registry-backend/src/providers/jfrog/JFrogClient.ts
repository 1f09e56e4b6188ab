import {
  CheckStep,
  isDigest,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  checkFindings,
  ImageDescriptor,
  InspectedImage,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciRegistryClient,
  PullCredential,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  VendorListing,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { tryCatalog, tryRepositories, tryTags } from './checkSteps';
import { expiryOf, toOciCredentials } from './credentials';
import { isImageTag } from './ImageFolders';
import { doesNotExist, keyMissing, TITLE } from './errors';
import { JFrogApi } from './JFrogApi';
import { JFrogCatalogs } from './JFrogCatalogs';
import { JFrogImage, JFrogPlace, readPlace, splitName } from './place';
import { AQL_ROWS, isAbsent, readFolders } from './readFolders';
import { JFrogRepositories } from './repositories';
import { putSubscription } from './subscriptions';

/** Options of the client, for tests. */
export interface JFrogClientOptions {
  /** Rows of one page of a query. */
  aqlRows?: number;
}

/** JFrog Artifactory: its API for listings, the OCI protocol for images. */
export class JFrogClient extends OciRegistryClient {
  readonly #api: JFrogApi;
  readonly #place: JFrogPlace;
  readonly #repositories: JFrogRepositories;
  readonly #catalogs: JFrogCatalogs;
  readonly #aqlRows: number;

  constructor(
    connection: RegistryConnection,
    { aqlRows = AQL_ROWS }: JFrogClientOptions = {},
  ) {
    const place = readPlace(connection);
    super(
      {
        ...connection,
        address: place.registry,
        trustedRealms: [
          ...(connection.trustedRealms ?? []),
          // A person wrote both: tokens of the one open the other.
          new URL(connection.address).host,
          new URL(place.api).host,
        ],
      },
      { title: TITLE, toOciCredentials },
    );
    this.#place = place;
    this.#api = new JFrogApi(connection, place);
    this.#repositories = new JFrogRepositories(this.#api);
    this.#catalogs = new JFrogCatalogs({
      connection: this.connection,
      place,
      repositories: this.#repositories,
      title: TITLE,
    });
    this.#aqlRows = aqlRows;
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const key = this.#keyOf(this.connection.namespace);
    let byDocker = false;
    return withVendorSteps(await this.checkSignIn(options), {
      list: async () => {
        if (key === undefined) {
          return tryRepositories(this.#repositories, options);
        }
        const listing = await tryCatalog(this.#api, key, options);
        if (listing || this.#place.key === undefined) {
          return listing ?? this.#unknownKey(key, options);
        }
        byDocker = true;
        return this.#tryDocker(options);
      },
      pull: async sample => {
        if (key === undefined) {
          await tryCatalog(this.#api, sample, options);
        } else if (byDocker) {
          await this.assertMayPull(sample, options);
        } else {
          await tryTags(this.#api, { key, image: sample }, options);
        }
      },
    });
  }

  /** The repository keys; where the host stands for one, there is nothing to choose. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const { namespace } = this.connection;
    if (namespace || this.#place.key !== undefined) {
      const items = namespace ? [namespace] : [];
      return { items, totalItems: items.length, complete: true };
    }
    const items = (await this.#repositories.list(options))
      .map(({ key }) => key)
      .sort();
    return { items, totalItems: items.length, complete: true };
  }

  /** Of one repository key, or of all that the account may see. */
  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const namespace = options.namespace ?? this.connection.namespace;
    const key = this.#keyOf(namespace);
    const page =
      key === undefined
        ? await this.#catalogs.all(options)
        : await this.#catalogs.one(key, options);
    const items = page.items
      .filter(
        name =>
          !namespace || name === namespace || name.startsWith(`${namespace}/`),
      )
      .map(repository => ({ repository }));
    return searchPage(
      {
        ...page,
        items,
        ...(page.totalItems !== undefined && { totalItems: items.length }),
      },
      options.search,
    );
  }

  /**
   * With times, sizes and digests from one query of Artifactory's own, else
   * from its storage. Only Docker's list is whole where images come from
   * elsewhere: of remote and virtual repositories.
   */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const { signal, priority, search } = options;
    const only = { signal, priority };
    const place = splitName(this.#place, repository);
    if (!place) {
      throw keyMissing(repository);
    }
    const folders = await readFolders(this.#api, place, this.#aqlRows, only);
    const type = await this.#repositories.typeOf(place.key, only);
    const isWhole =
      folders?.complete &&
      folders.tags.size > 0 &&
      (type === 'local' || type === 'federated');
    if (folders && isWhole) {
      const items = [...folders.tags.values()];
      return searchPage(
        { items, totalItems: items.length, complete: true },
        search,
      );
    }
    const names = await super.listTags(repository, only);
    const items = names.items
      .filter(({ tag }) => isImageTag(tag))
      .map(item => folders?.tags.get(item.tag) ?? item);
    const reason = names.reason ?? folders?.reason;
    return searchPage(
      {
        items,
        totalItems: items.length,
        complete: reason === undefined,
        ...(reason !== undefined && { reason }),
      },
      search,
    );
  }

  resolve(
    repository: string,
    reference: string,
    options: RegistryCallOptions = {},
  ): Promise<ImageDescriptor> {
    return this.#tellingAbsence(repository, reference, options, () =>
      super.resolve(repository, reference, options),
    );
  }

  inspect(
    repository: string,
    reference: string,
    options: RegistryCallOptions = {},
  ): Promise<InspectedImage> {
    return this.#tellingAbsence(repository, reference, options, () =>
      super.inspect(repository, reference, options),
    );
  }

  /** An access token tells when it ends. */
  async pullCredential(
    options?: RegistryCallOptions,
  ): Promise<PullCredential | undefined> {
    const login = await super.pullCredential(options);
    const token = this.connection.credentials?.accessToken;
    const expiresAt = token && expiryOf(token);
    return login?.from === 'manage' && expiresAt
      ? { ...login, expiresAt }
      : login;
  }

  async createWebhook(
    webhook: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    return putSubscription(
      this.#api,
      {
        ...webhook,
        key:
          this.#place.key ??
          this.#keyOf(webhook.place ?? this.connection.namespace),
        images: this.#imagesOf(webhook.repositories ?? []),
        platform: this.#place.platform,
      },
      options,
    );
  }

  /** Undefined where a pattern is not of one repository key: all are told of. */
  #imagesOf(patterns: readonly string[]): JFrogImage[] | undefined {
    const images = patterns.map(pattern => splitName(this.#place, pattern));
    return images.every(image => image && !image.key.includes('*'))
      ? images.flatMap(image => image ?? [])
      : undefined;
  }

  /** The repository key that names begin with, or that the host stands for. */
  #keyOf(namespace: string | undefined): string | undefined {
    return this.#place.key ?? (namespace?.split('/')[0] || undefined);
  }

  /** @throws RegistryError `not-found` unless the list has it after all */
  async #unknownKey(
    key: string,
    options: RegistryCallOptions,
  ): Promise<VendorListing> {
    await this.#repositories.typeOf(key, options);
    return checkFindings.emptyRepository(key);
  }

  /** Where a host or port serves Docker alone. */
  async #tryDocker(options: RegistryCallOptions): Promise<VendorListing> {
    const page = await this.oci.listRepositories({ ...options, limit: 100 });
    return {
      ...checkFindings.namesAlone('artifactory'),
      sample: page.items[0],
    };
  }

  /**
   * Artifactory answers 403 for what does not exist to accounts that may not
   * know; its storage tells one from the other.
   */
  async #tellingAbsence<T>(
    repository: string,
    reference: string,
    options: RegistryCallOptions,
    run: () => Promise<T>,
  ): Promise<T> {
    try {
      return await run();
    } catch (error) {
      const place = splitName(this.#place, repository);
      if (
        !(error instanceof RegistryError) ||
        error.status !== 403 ||
        !place ||
        isDigest(reference) ||
        !(await isAbsent(this.#api, place, reference, options))
      ) {
        throw error;
      }
      throw doesNotExist(`${repository}:${reference}`, error);
    }
  }
}
