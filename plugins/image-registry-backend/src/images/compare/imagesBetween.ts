import {
  ImageComparison,
  isArtifactTag,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { naturalKey } from '../tagOrder';

/** The two ends of a comparison. */
export interface ComparedEnds {
  from: string;
  to: string;
  /** Tags that the two are known by. */
  fromTag?: string;
  toTag?: string;
}

/** What lies between two images, as a listing of tags orders it. */
export interface Between {
  /** In the order from the one to the other. */
  items: TagItem[];
  direction: ImageComparison['direction'];
  orderedBy?: ImageComparison['orderedBy'];
}

/**
 * The tags between two images: by their push times, else, where both have
 * names that differ in numbers only (`v1.2.9`, `v1.10.0`), by their names.
 */
export function imagesBetween(
  tags: readonly TagItem[],
  ends: ComparedEnds,
): Between {
  if (ends.from === ends.to) {
    return { items: [], direction: 'same' };
  }
  const others = tags.filter(
    ({ tag, digest }) =>
      !isArtifactTag(tag) && digest !== ends.from && digest !== ends.to,
  );
  return (
    betweenBy('pushed', others, pushTimes(tags, ends)) ??
    betweenBy('name', others, nameKeys(tags, ends)) ?? {
      items: [],
      direction: 'unknown',
    }
  );
}

interface Order {
  from?: string;
  to?: string;
  /** Where a tag stands; undefined when it is not of this order. */
  keyOf(item: TagItem): string | undefined;
}

function betweenBy(
  orderedBy: NonNullable<Between['orderedBy']>,
  others: readonly TagItem[],
  { from, to, keyOf }: Order,
): Between | undefined {
  if (from === undefined || to === undefined || from === to) {
    return undefined;
  }
  const forward = from < to;
  const [low, high] = forward ? [from, to] : [to, from];
  const placed = others.flatMap(item => {
    const key = keyOf(item);
    return key !== undefined && key > low && key < high ? { item, key } : [];
  });
  const sign = forward ? 1 : -1;
  placed.sort((a, b) => sign * compareText(a.key, b.key));
  return {
    items: placed.map(({ item }) => item),
    direction: forward ? 'forward' : 'back',
    orderedBy,
  };
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A digest counts from when it was pushed first. */
function pushTimes(tags: readonly TagItem[], ends: ComparedEnds): Order {
  const pushed = (digest: string) =>
    tags
      .filter(item => item.digest === digest)
      .flatMap(({ pushedAt }) => pushedAt ?? [])
      .sort()[0];
  return {
    from: pushed(ends.from),
    to: pushed(ends.to),
    keyOf: ({ pushedAt }) => pushedAt,
  };
}

/** Names order images only where they are of one kind. */
function nameKeys(tags: readonly TagItem[], ends: ComparedEnds): Order {
  const named = (digest: string, hint: string | undefined) => [
    ...(hint === undefined ? [] : [hint]),
    ...tags.flatMap(item => (item.digest === digest ? item.tag : [])),
  ];
  const froms = named(ends.from, ends.fromTag);
  for (const to of named(ends.to, ends.toTag)) {
    const shape = shapeOf(to);
    const from = froms.find(name => shapeOf(name) === shape);
    if (from !== undefined && shape !== to) {
      return {
        from: naturalKey(from),
        to: naturalKey(to),
        keyOf: ({ tag }) =>
          shapeOf(tag) === shape ? naturalKey(tag) : undefined,
      };
    }
  }
  return { keyOf: () => undefined };
}

/** A tag with its numbers left out: `v#.#.#` of `v1.2.9`. */
function shapeOf(tag: string): string {
  return tag.replace(/\d+/g, '#');
}
