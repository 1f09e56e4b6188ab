import { CompiledRule } from './CompiledRule';
import { CandidateReadings, isTaken } from './readCandidates';

/** The part of an order that is sorted second. */
const low = 2 ** 17;
/** Positions that fit beside a half of an order in an exact float. */
const mostPositions = 2 ** 19;
/** Orders of which both halves leave place for a position. */
const mostOrder = 2 ** 51;

/**
 * The positions of what a rule takes, newest first, in the rule's total order.
 * Numbers are sorted natively, in two halves so that each carries its position
 * along, and only equal ones compared in full: ten times as fast as comparing
 * 50 000 versions pair by pair.
 */
export function sortNewestFirst(
  rule: CompiledRule,
  readings: CandidateReadings,
): Uint32Array {
  const { orders } = readings;
  const newestFirst = (a: number, b: number) =>
    rule.compareKeys(readings.keyAt(b), readings.keyAt(a));
  const packed = new Float64Array(orders.length);
  let count = 0;
  let exact = orders.length <= mostPositions;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      packed[count] = Math.floor(order / low) * mostPositions + position;
      count++;
      exact = exact && order < mostOrder && Number.isInteger(order);
    } else if (isTaken(order)) {
      exact = false;
    }
  }
  if (!exact) {
    return takenPositions(orders).sort(newestFirst);
  }
  const sorted = packed.subarray(0, count).sort().reverse();
  const positions = new Uint32Array(count);
  for (let first = 0; first < count; ) {
    const end = endOfEqualHalves(sorted, first);
    if (end - first > 1) {
      sortLowHalves(sorted.subarray(first, end), orders);
    }
    for (let place = first; place < end; place++) {
      positions[place] = sorted[place] % mostPositions;
    }
    first = end;
  }
  sortEqual(positions, orders, newestFirst);
  return positions;
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

function endOfEqualHalves(packed: Float64Array, first: number): number {
  const half = Math.floor(packed[first] / mostPositions);
  let end = first + 1;
  while (
    end < packed.length &&
    Math.floor(packed[end] / mostPositions) === half
  ) {
    end++;
  }
  return end;
}

function sortLowHalves(packed: Float64Array, orders: Float64Array): void {
  for (let place = 0; place < packed.length; place++) {
    const position = packed[place] % mostPositions;
    packed[place] = (orders[position] % low) * mostPositions + position;
  }
  packed.sort().reverse();
}

/** Sorts runs of positions whose orders are equal. */
function sortEqual(
  positions: Uint32Array,
  orders: Float64Array,
  newestFirst: (a: number, b: number) => number,
): void {
  for (let first = 0; first < positions.length; ) {
    let end = first + 1;
    while (
      end < positions.length &&
      orders[positions[end]] === orders[positions[first]]
    ) {
      end++;
    }
    if (end - first > 1) {
      positions.subarray(first, end).sort(newestFirst);
    }
    first = end;
  }
}
