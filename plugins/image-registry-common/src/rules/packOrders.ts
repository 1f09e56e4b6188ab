import { isTaken } from './readCandidates';

/** Orders with their positions in one number each: native sorts take it. */
export interface PackedOrders {
  /** One for each order that is not negative, in the order of positions. */
  readonly numbers: Float64Array;
  /** What a number's position is the rest of a division by. */
  readonly divisor: number;
}

const mostExact = 2 ** 53;
/** A part of an order, see `orderOfRelease`: three numbers side by side. */
const part = 2 ** 17;

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
    ? pack(orders, count, divisor, order => order - least)
    : packParts(orders, count, divisor);
}

/** Orders of three parts of which each uses little of its room: versions. */
function packParts(
  orders: Float64Array,
  count: number,
  divisor: number,
): PackedOrders | undefined {
  let high = 0;
  let middle = 0;
  let low = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      const rest = Math.floor(order / part);
      const first = Math.floor(rest / part);
      high = Math.max(high, first);
      middle = Math.max(middle, rest - first * part);
      low = Math.max(low, order - rest * part);
    }
  }
  const middles = middle + 1;
  const lows = low + 1;
  if ((high + 1) * middles * lows * divisor > mostExact) {
    return undefined;
  }
  return pack(orders, count, divisor, order => {
    const rest = Math.floor(order / part);
    const first = Math.floor(rest / part);
    return (
      (first * middles + (rest - first * part)) * lows + (order - rest * part)
    );
  });
}

function pack(
  orders: Float64Array,
  count: number,
  divisor: number,
  numberOf: (order: number) => number,
): PackedOrders {
  const numbers = new Float64Array(count);
  let place = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      numbers[place] = numberOf(order) * divisor + position;
      place++;
    }
  }
  return { numbers, divisor };
}
