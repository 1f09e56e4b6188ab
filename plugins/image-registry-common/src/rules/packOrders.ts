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

/** How many values each of the three parts of an order may have. */
interface Room {
  high: number;
  middle: number;
  low: number;
}

/** Most versions fit, those made of dates too, beside 65 536 positions. */
const usualRoom: Room = { high: 2 ** 11, middle: 2 ** 13, low: 2 ** 13 };

/**
 * Packs orders and positions so that numbers compare as the orders do, equal
 * orders by their position.
 *
 * @returns undefined when an order is no whole number, or when a float does
 *   not hold both exactly
 */
export function packOrders(orders: Float64Array): PackedOrders | undefined {
  const divisor = 2 ** Math.ceil(Math.log2(Math.max(orders.length, 2)));
  const numbers =
    packParts(orders, usualRoom, divisor) ?? packClosely(orders, divisor);
  return numbers && { numbers, mask: divisor - 1 };
}

/**
 * Puts the three parts and the position side by side. The one loop calls
 * nothing, so that it is compiled while it runs for the first time.
 *
 * @returns undefined when one of them has no room, or an order cannot be packed
 */
function packParts(
  orders: Float64Array,
  { high, middle, low }: Room,
  divisor: number,
): Float64Array | undefined {
  if (high * middle * low * divisor > mostExact) {
    return undefined;
  }
  const numbers = new Float64Array(orders.length);
  let count = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      // Bit by bit they cost no call, and hardly a number on the heap.
      const rest = order / part;
      const first = (rest / part) | 0;
      const second = rest & partMask;
      const third = order & partMask;
      if (
        first >= high ||
        second >= middle ||
        third >= low ||
        (first * part + second) * part + third !== order
      ) {
        return undefined;
      }
      numbers[count] =
        ((first * middle + second) * low + third) * divisor + position;
      count++;
    } else if (!(order < 0)) {
      return undefined;
    }
  }
  return numbers.subarray(0, count);
}

/** The same where parts need more room than usual, or none has any. */
function packClosely(
  orders: Float64Array,
  divisor: number,
): Float64Array | undefined {
  const extent = extentOf(orders);
  if (!extent) {
    return undefined;
  }
  const { least, most, room } = extent;
  // Orders that lie close together, such as times.
  return (most - least + 1) * divisor <= mostExact
    ? packDistances(orders, least, divisor)
    : packParts(orders, room, divisor);
}

interface Extent {
  least: number;
  most: number;
  /** What the parts need. */
  room: Room;
}

/** @returns undefined when an order is no whole number */
function extentOf(orders: Float64Array): Extent | undefined {
  let least = Infinity;
  let most = 0;
  let high = 0;
  let middle = 0;
  let low = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      if (Math.floor(order) !== order) {
        return undefined;
      }
      least = order < least ? order : least;
      most = order > most ? order : most;
      const rest = order / part;
      const first = (rest / part) | 0;
      const second = rest & partMask;
      const third = order & partMask;
      high = first > high ? first : high;
      middle = second > middle ? second : middle;
      low = third > low ? third : low;
    } else if (!(order < 0)) {
      return undefined;
    }
  }
  return {
    least,
    most,
    room: { high: high + 1, middle: middle + 1, low: low + 1 },
  };
}

function packDistances(
  orders: Float64Array,
  least: number,
  divisor: number,
): Float64Array {
  const numbers = new Float64Array(orders.length);
  let count = 0;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position];
    if (order >= 0) {
      numbers[count] = (order - least) * divisor + position;
      count++;
    }
  }
  return numbers.subarray(0, count);
}
