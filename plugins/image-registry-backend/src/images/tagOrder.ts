import {
  TagItem,
  TagSort,
} from '@slipway/backstage-plugin-image-registry-common';

/** Sorts before every character of a tag. */
const DIGITS_FOLLOW = '\u0001';

/**
 * A text whose plain order is the natural order of tags (`v9` before `v10`),
 * so that sorting many takes one look at each: a run of digits becomes its
 * length and itself.
 */
export function naturalKey(tag: string): string {
  return tag.replace(/\d+/g, digits => {
    const bare = digits.replace(/^0+/, '');
    return `${DIGITS_FOLLOW}${String.fromCharCode(0x100 + bare.length)}${bare}`;
  });
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Tags in an order; those without a push time come last. */
export function orderTags(tags: readonly TagItem[], sort: TagSort): TagItem[] {
  const direction = sort.endsWith('-desc') ? -1 : 1;
  const byTime = sort.startsWith('pushed');
  return tags
    .map(item => ({ item, key: naturalKey(item.tag) }))
    .sort(
      (a, b) =>
        (byTime ? compareTimes(a.item, b.item, direction) : 0) ||
        direction *
          (compareText(a.key, b.key) || compareText(a.item.tag, b.item.tag)),
    )
    .map(({ item }) => item);
}

function compareTimes(a: TagItem, b: TagItem, direction: number): number {
  if (a.pushedAt === undefined || b.pushedAt === undefined) {
    return Number(a.pushedAt === undefined) - Number(b.pushedAt === undefined);
  }
  return direction * compareText(a.pushedAt, b.pushedAt);
}
