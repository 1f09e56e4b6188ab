import { TagSort } from '@slipway/backstage-plugin-image-registry-common';

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Runs of digits compare as numbers of any length. */
function compareDigits(a: string, b: string): number {
  const [bareA, bareB] = [a, b].map(text => text.replace(/^0+/, ''));
  return bareA.length - bareB.length || compareText(bareA, bareB);
}

/**
 * The order that people expect of `v9` and `v10`; total, and the same in
 * every locale: equal numbers with other zeros are told apart by their text.
 */
export function compareNatural(a: string, b: string): number {
  const partsA = a.match(/\d+|\D+/g) ?? [];
  const partsB = b.match(/\d+|\D+/g) ?? [];
  const shared = Math.min(partsA.length, partsB.length);
  for (let index = 0; index < shared; index += 1) {
    const [partA, partB] = [partsA[index], partsB[index]];
    const bothDigits = /^\d/.test(partA) && /^\d/.test(partB);
    const order = bothDigits
      ? compareDigits(partA, partB)
      : compareText(partA, partB);
    if (order !== 0) {
      return order;
    }
  }
  return partsA.length - partsB.length || compareText(a, b);
}

/**
 * Orders tags without push times; where the order by time is asked for, the
 * natural one in the same direction stands in, as the protocol has no times.
 */
export function sortTags(tags: readonly string[], sort: TagSort): string[] {
  const direction = sort.endsWith('-desc') ? -1 : 1;
  return [...tags].sort((a, b) => direction * compareNatural(a, b));
}
