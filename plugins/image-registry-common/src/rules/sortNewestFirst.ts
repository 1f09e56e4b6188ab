import { CompiledRule } from './CompiledRule';
import { packOrders } from './packOrders';
import { CandidateReadings, isTaken } from './readCandidates';

/**
 * The positions of what a rule takes, newest first, in the rule's total order.
 * Where numbers say the places, they are sorted natively, and only equal ones
 * are compared in full: ten times as fast as comparing 50 000 versions pair by
 * pair.
 */
export function sortNewestFirst(
  rule: CompiledRule,
  readings: CandidateReadings,
): Uint32Array {
  const { orders } = readings;
  const newestFirst = (a: number, b: number) =>
    rule.compareKeys(readings.keyAt(b), readings.keyAt(a));
  const packed = packOrders(orders);
  if (!packed) {
    return takenPositions(orders).sort(newestFirst);
  }
  const { numbers, divisor } = packed;
  numbers.sort();
  const last = numbers.length - 1;
  const positions = new Uint32Array(numbers.length);
  for (let place = 0; place <= last; place++) {
    positions[place] = numbers[last - place] % divisor;
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

/** Sorts runs of positions whose orders are equal. */
function sortEqual(
  positions: Uint32Array,
  orders: Float64Array,
  newestFirst: (a: number, b: number) => number,
): void {
  let first = 0;
  for (let end = 1; end <= positions.length; end++) {
    if (
      end === positions.length ||
      orders[positions[end]] !== orders[positions[first]]
    ) {
      if (end - first > 1) {
        positions.subarray(first, end).sort(newestFirst);
      }
      first = end;
    }
  }
}
