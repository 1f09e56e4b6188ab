import {
  ComparedImage,
  ImageComparison,
  Reason,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { StoredRegistry } from '../../registries';
import { ImageService } from '../ImageService';
import { comparisonReasons } from './comparisonReasons';
import { imageOrigin } from './imageOrigin';
import { ComparedEnds, imagesBetween } from './imagesBetween';

/** Tags in between that are read: those nearest to the image to be. */
const MOST_BETWEEN = 30;
/** Images that are read at a time. */
const CONCURRENCY = 4;

interface Place {
  registry: StoredRegistry;
  repository: string;
}

/** An image of the comparison; `unread` when it tells nothing of itself now. */
interface ReadImage {
  image: ComparedImage;
  unread?: RegistryError;
}

/** Tells what lies between two images of a repository. */
export class ImageComparer {
  constructor(private readonly images: ImageService) {}

  /**
   * @throws RegistryError when the image to be cannot be read; of the others
   * that is told
   */
  async compare(
    registry: StoredRegistry,
    repository: string,
    ends: ComparedEnds,
  ): Promise<ImageComparison> {
    const place = { registry, repository };
    const listing = await this.images.tagsOf(registry, repository);
    const { items, direction, orderedBy } = imagesBetween(listing.items, ends);
    const [to, from] = await Promise.all([
      this.#readEnd(place, listing.items, ends.to, ends.toTag),
      this.#readEnd(place, listing.items, ends.from, ends.fromTag),
    ]);
    if (to.unread) {
      throw to.unread;
    }
    const read = await this.#readAll(place, items.slice(-MOST_BETWEEN));
    const reason = whyIncomplete({
      listing,
      cut: items.length - read.length,
      unread: [from, ...read].find(({ unread }) => unread)?.image,
      ordered: direction !== 'unknown',
    });
    return {
      from: from.image,
      to: to.image,
      between: byDigest(read, ends),
      direction,
      ...(orderedBy && { orderedBy }),
      complete: reason === undefined,
      ...(reason && { reason }),
    };
  }

  async #readEnd(
    place: Place,
    tags: readonly TagItem[],
    digest: string,
    hint: string | undefined,
  ): Promise<ReadImage> {
    const listed = tags.filter(item => item.digest === digest);
    const names = listed.map(({ tag }) => tag);
    const read = await this.#read(place, digest);
    return {
      ...read,
      image: {
        ...read.image,
        tags: names.length > 0 || hint === undefined ? names : [hint],
        pushedAt: listed.find(({ pushedAt }) => pushedAt)?.pushedAt,
      },
    };
  }

  async #readAll(place: Place, items: TagItem[]): Promise<ReadImage[]> {
    const read: ReadImage[] = [];
    const open = items.map((item, index) => ({ item, index }));
    const worker = async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        const { tag, digest, pushedAt } = next.item;
        const found = await this.#read(place, digest ?? tag);
        const image = { ...found.image, tags: [tag], pushedAt };
        read[next.index] = { ...found, image };
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, () => worker()));
    return read;
  }

  async #read(
    { registry, repository }: Place,
    reference: string,
  ): Promise<ReadImage> {
    try {
      const details = await this.images.inspect(
        registry,
        repository,
        reference,
      );
      const { digest } = details;
      return { image: { digest, tags: [], ...imageOrigin(details) } };
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
      return { image: { digest: reference, tags: [] }, unread: error };
    }
  }
}

/** One image for all the tags that mean it, where the first of them stands. */
function byDigest(
  read: readonly ReadImage[],
  { from, to }: ComparedEnds,
): ComparedImage[] {
  const images = new Map<string, ComparedImage>();
  for (const { image } of read) {
    const known = images.get(image.digest);
    if (known) {
      known.tags.push(...image.tags);
    } else if (image.digest !== from && image.digest !== to) {
      images.set(image.digest, image);
    }
  }
  return [...images.values()];
}

/** Why there may be more in between than is told; undefined: there is not. */
function whyIncomplete(options: {
  listing: { complete: boolean; reason?: Reason };
  cut: number;
  unread: ComparedImage | undefined;
  ordered: boolean;
}): Reason | undefined {
  const { listing, cut, unread, ordered } = options;
  if (!listing.complete) {
    return comparisonReasons.listingIncomplete(listing.reason?.message);
  }
  if (!ordered) {
    return comparisonReasons.noOrder();
  }
  if (cut > 0) {
    return comparisonReasons.cut(cut);
  }
  return unread && comparisonReasons.unread(unread.tags[0] ?? unread.digest);
}
