import { isTaken } from './readCandidates';

/** Orders with their positions in one number each: native sorts take it. */
export interface PackedOrders {
  /** One for each order that is not negative, in the order of positions. */
  readonly numbers: Float64Array;
  /** The bits of a number that are its position. */
  readonly mask: number;
}

const mostExact = 2 ** 53;
/** A part of an order, see `orderOfRelease`: three numbers side by side. */
const part = 2 ** 17;
const partMask = part - 1;

/**
 * Packs orders and positions so that numbers compare as the orders do, equal
 * orders by their position.
 *
 * @returns undefined when an order is no whole number, or when a float does
 *   not hold both exactly
 */
export function packOrders(orders: Float64Array): PackedOrders | undefined {
  const divisor = 2 ** Math.ceil(Math.log2(Math.max(orders.length, 2)));
  let least = Infinity;
  let most = 0;
  let count = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      if (Math.floor(order) !== order) {
        return undefined;
      }
      count++;
      least = order < least ? order : least;
      most = order > most ? order : most;
    } else if (isTaken(order)) {
      return undefined;
    }
  }
  // Orders that lie close together, such as times.
  return count === 0 || (most - least + 1) * divisor <= mostExact
    ? packDistances(orders, least, { count, divisor })
    : packParts(orders, { count, divisor });
}

interface Packing {
  /** How many orders are not negative. */
  count: number;
  divisor: number;
}

function packDistances(
  orders: Float64Array,
  least: number,
  { count, divisor }: Packing,
): PackedOrders {
  const numbers = new Float64Array(count);
  let place = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      numbers[place] = (order - least) * divisor + position;
      place++;
    }
  }
  return { numbers, mask: divisor - 1 };
}

/**
 * Orders of three parts of which each uses little of its room: versions. The
 * loops call nothing, so that they are compiled while they run.
 */
function packParts(
  orders: Float64Array,
  { count, divisor }: Packing,
): PackedOrders | undefined {
  const highs = new Int32Array(count);
  const middles = new Int32Array(count);
  const lows = new Int32Array(count);
  const positions = new Int32Array(count);
  let high = 0;
  let middle = 0;
  let low = 0;
  let place = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      // Bit by bit they cost no call, and hardly a number on the heap.
      const rest = order / part;
      const first = Math.trunc(rest / part);
      const second = rest & partMask;
      const third = order & partMask;
      highs[place] = first;
      middles[place] = second;
      lows[place] = third;
      positions[place] = position;
      place++;
      high = first > high ? first : high;
      middle = second > middle ? second : middle;
      low = third > low ? third : low;
    }
  }
  const wide = (middle + 1) * (low + 1);
  if ((high + 1) * wide * divisor > mostExact) {
    return undefined;
  }
  const numbers = new Float64Array(count);
  for (place = 0; place < count; place++) {
    numbers[place] =
      (highs[place] * wide + middles[place] * (low + 1) + lows[place]) *
        divisor +
      positions[place];
  }
  return { numbers, mask: divisor - 1 };
}
