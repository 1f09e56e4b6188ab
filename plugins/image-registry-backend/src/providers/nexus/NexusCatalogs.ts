import {
  createOciClient,
  OciClient,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { toOciCredentials } from './credentials';
import { joinName, NexusPlace } from './place';
import { NexusRepositories } from './repositories';

/** Repositories that are looked into at once when none is chosen. */
const MOST_REPOSITORIES = 50;

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
        reason: `Of the proxy repository ${repository} only cached images can be listed`,
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
    const pages = await Promise.allSettled(
      names.slice(0, MOST_REPOSITORIES).map(name => this.one(name, options)),
    );
    const read = pages.flatMap(page =>
      page.status === 'fulfilled' ? [page.value] : [],
    );
    const failed = pages.find(page => page.status === 'rejected');
    if (failed && !(failed.reason instanceof RegistryError && read.length)) {
      throw failed.reason;
    }
    const items = read.flatMap(page => page.items);
    const reason = failed
      ? `A repository could not be read: ${failed.reason.message}`
      : reasonOf(read, names.length);
    return reason === undefined
      ? { items, totalItems: items.length, complete: true }
      : { items, complete: false, reason };
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

function reasonOf(
  read: RegistryPage<string>[],
  repositories: number,
): string | undefined {
  return repositories > MOST_REPOSITORIES
    ? `Only the first ${MOST_REPOSITORIES} of ${repositories} repositories were looked into; choose one`
    : read.find(page => !page.complete)?.reason;
}
