import {
  isRepository,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  CollectedPage,
  isoTime,
  readFollowingPages,
  RegistryCallOptions,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  ArtifactRegistryApi,
  decoded,
  GooglePage,
  readTagListing,
  toTagItemsOfImage,
} from './api';
import {
  formatImageName,
  ImageName,
  parseImageName,
  Place,
  Scope,
} from './place';

/** Of 1 000 entries each. */
const MOST_PAGES = 200;

/** Repositories of a project whose images are listed. */
const MOST_REPOSITORIES = 200;

/** Whole listings, put together from the pages of the API. */
export class ArtifactListings {
  constructor(
    private readonly api: ArtifactRegistryApi,
    private readonly place: Place,
  ) {}

  /** Names of Google's repositories that hold images. */
  repositories(
    project: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<string>> {
    return readPages(
      pageToken => this.api.repositories(project, { ...options, pageToken }),
      dockerRepositoryName,
    );
  }

  /** Images of one repository, or of all of a project. */
  async images(
    { project, repository }: Scope,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    if (repository) {
      return this.imagesIn({ project, repository }, options);
    }
    const all = await this.repositories(project, options);
    const wanted = all.items.slice(0, MOST_REPOSITORIES);
    const pages = await Promise.all(
      wanted.map(each => this.imagesIn({ project, repository: each }, options)),
    );
    const reason =
      all.reason ??
      pages.find(page => !page.complete)?.reason ??
      (wanted.length < all.items.length
        ? because(
            'google-listing-first-repositories',
            `Only the images of the first ${MOST_REPOSITORIES} repositories were read; enter project/repository as the namespace`,
            { count: String(MOST_REPOSITORIES) },
          )
        : undefined);
    const items = pages.flatMap(page => page.items);
    return reason === undefined
      ? { items, totalItems: items.length, complete: true }
      : { items, complete: false, reason };
  }

  /** All in one answer; where Google leaves the digests out, by its API. */
  async tags(
    path: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    const { detailed, tags } = readTagListing(
      await this.api.tagList(path, options),
    );
    const name = parseImageName(this.place, path);
    return detailed || !name
      ? { items: tags, totalItems: tags.length, complete: true }
      : this.taggedImages(path, name, options);
  }

  private taggedImages(
    of: string,
    name: ImageName,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    return readPages(
      pageToken => this.api.dockerImages(name, { ...options, pageToken, of }),
      entry => toTagItemsOfImage(entry, name.image),
    );
  }

  private imagesIn(
    at: Required<Scope>,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return readPages(
      pageToken => this.api.packages(at, { ...options, pageToken }),
      entry => toRepositoryItem(this.place, at, entry),
    );
  }
}

/** Name of an entry of the API if it holds images, and not Maven's artifacts. */
export function dockerRepositoryName(entry: Record<string, unknown>): string[] {
  const name = lastPart(entry.name);
  return entry.format === 'DOCKER' && name ? [name] : [];
}

function readPages<T>(
  read: (pageToken: string | undefined) => Promise<GooglePage>,
  toItems: (entry: Record<string, unknown>) => T[],
): Promise<RegistryPage<T>> {
  return readFollowingPages<T>({
    mostPages: MOST_PAGES,
    read: async (pageToken): Promise<CollectedPage<T> & { next?: string }> => {
      const { entries, nextPageToken } = await read(pageToken);
      return {
        items: entries.flatMap(toItems),
        count: entries.length,
        next: nextPageToken,
      };
    },
  });
}

function toRepositoryItem(
  place: Place,
  at: Required<Scope>,
  entry: Record<string, unknown>,
): RepositoryItem[] {
  const image = decoded(lastPart(entry.name));
  const repository = formatImageName(place, { ...at, image });
  const updatedAt = isoTime(entry.updateTime);
  return image && isRepository(repository)
    ? [{ repository, ...(updatedAt && { updatedAt }) }]
    : [];
}

function lastPart(name: unknown): string {
  return typeof name === 'string' ? name.slice(name.lastIndexOf('/') + 1) : '';
}
