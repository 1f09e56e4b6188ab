import { CompiledRule } from './CompiledRule';
import { PackedOrders, packOrders } from './packOrders';
import { CandidateReadings, isTaken } from './readCandidates';

/** Not an order of what a rule takes. */
const none = -1;

/** What a rule takes, in its total order, the newest first. */
export interface SortedCandidates {
  /** Their positions. */
  readonly positions: Uint32Array;
  /** Where each of them stands in `positions`; of others it says nothing. */
  readonly places: Uint32Array;
}

/**
 * Sorts what a rule takes of the candidates.
 * Where numbers say the places, they are sorted natively, and only equal ones
 * are compared in full: ten times as fast as comparing 50 000 versions pair by
 * pair.
 */
export function sortNewestFirst(
  rule: CompiledRule,
  readings: CandidateReadings,
): SortedCandidates {
  const { orders } = readings;
  const packed = packOrders(orders);
  if (!packed) {
    const positions = takenPositions(orders).sort((a, b) =>
      rule.compareKeys(readings.keyAt(b), readings.keyAt(a)),
    );
    const places = new Uint32Array(orders.length);
    notePlaces({ positions, places }, 0, positions.length);
    return { positions, places };
  }
  packed.numbers.sort();
  return unpack(packed, readings);
}

function takenPositions(orders: Float64Array): Uint32Array {
  const positions: number[] = [];
  orders.forEach((order, position) => {
    if (isTaken(order)) {
      positions.push(position);
    }
  });
  return Uint32Array.from(positions);
}

/** Reads sorted numbers, the greatest first; equal orders are sorted. */
function unpack(
  { numbers, halves, lowerAt, mask }: PackedOrders,
  { orders, compareAt }: CandidateReadings,
): SortedCandidates {
  const { length } = numbers;
  const positions = new Uint32Array(length);
  const places = new Uint32Array(orders.length);
  const sorted = { positions, places };
  /** Where runs of equal orders begin and end. */
  const equal: number[] = [];
  let first = 0;
  let known = none;
  for (let place = 0; place < length; place++) {
    const position = halves[2 * (length - 1 - place) + lowerAt] & mask;
    positions[place] = position;
    places[position] = place;
    const order = orders[position];
    if (order !== known) {
      if (place - first > 1) {
        equal.push(first, place);
      }
      first = place;
      known = order;
    }
  }
  equal.push(first, length);
  for (let run = 0; run < equal.length; run += 2) {
    sortRun(sorted, equal[run], equal[run + 1], compareAt);
  }
  return sorted;
}

/** Most that are equal are two spellings of one version. */
function sortRun(
  sorted: SortedCandidates,
  first: number,
  end: number,
  compareAt: CandidateReadings['compareAt'],
): void {
  const { positions } = sorted;
  if (end - first > 2) {
    positions.subarray(first, end).sort((a, b) => compareAt(b, a));
  } else if (end - first === 2) {
    const a = positions[first];
    const b = positions[first + 1];
    if (compareAt(a, b) < 0) {
      positions[first] = b;
      positions[first + 1] = a;
    }
  }
  notePlaces(sorted, first, end);
}

function notePlaces(
  { positions, places }: SortedCandidates,
  first: number,
  end: number,
): void {
  for (let place = first; place < end; place++) {
    places[positions[place]] = place;
  }
}
