import {
  createOciClient,
  listingDoubts,
  OciClient,
  RegistryCallOptions,
  RegistryConnection,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { readCatalogs } from '../readCatalogs';
import { toOciCredentials } from './credentials';
import { joinName, NexusPlace } from './place';
import { NexusRepositories } from './repositories';

/** What {@link NexusCatalogs} are made of. */
export interface NexusCatalogsParts {
  connection: RegistryConnection;
  place: NexusPlace;
  /** URL of Nexus itself. */
  api: string;
  repositories: NexusRepositories;
  /** Starts every error's sentence. */
  title: string;
}

/**
 * Names of images: Docker's catalog of each repository, at the path where
 * Nexus serves it whatever connectors there are.
 */
export class NexusCatalogs {
  readonly #parts: NexusCatalogsParts;
  /** By repository: each remembers how to sign in. */
  readonly #clients = new Map<string, OciClient>();

  constructor(parts: NexusCatalogsParts) {
    this.#parts = parts;
  }

  /** @throws RegistryError `not-found` when there is no such repository */
  async one(
    repository: string,
    { signal, priority }: RegistryCallOptions,
  ): Promise<RegistryPage<string>> {
    const { place, repositories } = this.#parts;
    const type = await repositories.typeOf(repository, { signal, priority });
    const page = await this.#clientOf(repository).listRepositories({
      signal,
      priority,
    });
    return {
      ...page,
      items: page.items.map(image => joinName(place, { repository, image })),
      ...(type === 'proxy' && {
        complete: false,
        reason: listingDoubts.onlyCached(repository),
      }),
    };
  }

  /** Of all repositories for images that the account may see. */
  async all(options: RegistryCallOptions): Promise<RegistryPage<string>> {
    const known = await this.#parts.repositories.list(options);
    // A group shows again what its members have.
    const names = known
      .filter(({ type }) => type !== 'group')
      .map(({ name }) => name);
    return readCatalogs(names, name => this.one(name, options));
  }

  #clientOf(repository: string): OciClient {
    const { api, connection, title } = this.#parts;
    const { credentials, http, trustedRealms } = connection;
    const client =
      this.#clients.get(repository) ??
      createOciClient({
        http,
        title,
        address: `${api}/repository/${encodeURIComponent(repository)}`,
        credentials: credentials && toOciCredentials(credentials),
        trustedRealms,
      });
    this.#clients.set(repository, client);
    return client;
  }
}
