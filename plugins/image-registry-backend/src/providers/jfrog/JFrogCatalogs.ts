import {
  createOciClient,
  listingDoubts,
  ListOptions,
  OciClient,
  RegistryConnection,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { readCatalogs } from '../readCatalogs';
import { toOciCredentials } from './credentials';
import { JFrogPlace, joinName } from './place';
import { JFrogRepositories } from './repositories';

/** What {@link JFrogCatalogs} are made of. */
export interface JFrogCatalogsParts {
  connection: RegistryConnection;
  place: JFrogPlace;
  repositories: JFrogRepositories;
  /** Starts every error's sentence. */
  title: string;
}

/** Names of images: Docker's catalog of each repository of Artifactory. */
export class JFrogCatalogs {
  readonly #parts: JFrogCatalogsParts;
  /** By repository key: each remembers how to sign in. */
  readonly #clients = new Map<string, OciClient>();

  constructor(parts: JFrogCatalogsParts) {
    this.#parts = parts;
  }

  /** @throws RegistryError `not-found` when there is no such repository */
  async one(
    key: string,
    { signal, priority }: ListOptions,
  ): Promise<RegistryPage<string>> {
    const { place, repositories } = this.#parts;
    const isRemote =
      (await repositories.typeOf(key, { signal, priority })) === 'remote';
    // Only what is cached of a remote repository can be listed.
    const client = this.#clientOf(isRemote ? `${key}-cache` : key);
    const page = await client.listRepositories({ signal, priority });
    return {
      ...page,
      items: page.items.map(image => joinName(place, { key, image })),
      ...(isRemote && {
        complete: false,
        reason: listingDoubts.onlyCached(key),
      }),
    };
  }

  /** Of all repositories that the account may see. */
  async all(options: ListOptions): Promise<RegistryPage<string>> {
    const keys = await this.#parts.repositories.list(options);
    return readCatalogs(
      keys.map(({ key }) => key),
      key => this.one(key, options),
    );
  }

  #clientOf(key: string): OciClient {
    const { connection, place, title } = this.#parts;
    const { credentials, http, trustedRealms } = connection;
    const client =
      this.#clients.get(key) ??
      createOciClient({
        http,
        title,
        address:
          key === place.key
            ? place.registry
            : `${place.api}/api/docker/${encodeURIComponent(key)}`,
        credentials: credentials && toOciCredentials(credentials),
        trustedRealms,
      });
    this.#clients.set(key, client);
    return client;
  }
}
