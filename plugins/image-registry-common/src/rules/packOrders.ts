/**
 * Orders with their positions, in a whole number of 64 bits each: native sorts
 * take them.
 */
export interface PackedOrders {
  /**
   * One for each order that is not negative. They compare as the orders do,
   * equal orders by their position.
   */
  readonly numbers: BigUint64Array;
  /** The memory of `numbers`, 32 bits each. */
  readonly halves: Int32Array;
  /** Where the lower half of a number stands: first, or behind the upper. */
  readonly lowerAt: number;
  /** The bits of a lower half that are the position. */
  readonly mask: number;
}

const [first] = new Uint8Array(Uint16Array.of(1).buffer);
const littleEndian = first === 1;

/**
 * Packs orders and positions. Where one of the orders has no room beside a
 * position, all are packed by their rank, which takes longer.
 *
 * @param orders - what is negative is left out
 * @returns undefined when one of them is NaN
 */
export function packOrders(orders: Float64Array): PackedOrders | undefined {
  const packed = pack(orders);
  return packed || orders.includes(NaN) ? packed : pack(ranksOf(orders));
}

/**
 * The one loop calls nothing, so that it is compiled while it runs for the
 * first time.
 *
 * @returns undefined when an order is no whole number, or has no room beside
 *   the position: with 65 536 positions it has 48 bits
 */
function pack(orders: Float64Array): PackedOrders | undefined {
  const { length } = orders;
  const positionBits = 32 - Math.clz32(Math.max(length, 2) - 1);
  const ofLower = 2 ** (32 - positionBits);
  const lowerMask = ofLower - 1;
  const numbers = new BigUint64Array(length);
  const halves = new Int32Array(numbers.buffer);
  const lowerAt = littleEndian ? 0 : 1;
  const upperAt = 1 - lowerAt;
  let count = 0;
  for (let position = 0; position < length; position++) {
    const order = orders[position];
    if (order >= 0) {
      const upper = (order / ofLower) >>> 0;
      const lower = order & lowerMask;
      if (upper * ofLower + lower !== order) {
        return undefined;
      }
      halves[count + upperAt] = upper;
      halves[count + lowerAt] = (lower << positionBits) | position;
      count += 2;
    } else if (!(order < 0)) {
      return undefined;
    }
  }
  return {
    numbers: numbers.subarray(0, count / 2),
    halves,
    lowerAt,
    mask: 2 ** positionBits - 1,
  };
}

/** The places of the orders among each other; what is negative stays. */
function ranksOf(orders: Float64Array): Float64Array {
  const sorted = Float64Array.from(new Set(orders)).sort();
  const ranks = new Map<number, number>();
  sorted.forEach((order, rank) => ranks.set(order, rank));
  return orders.map(order => (order >= 0 ? ranks.get(order) ?? order : order));
}
