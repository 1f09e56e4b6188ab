import fc from 'fast-check';
import { PackedOrders, packOrders } from './packOrders';

const part = 2 ** 17;
const small = fc.nat(3);
const large = fc.oneof(small, fc.constantFrom(2047, 2048, 8192, part - 1));

/** Three numbers side by side. */
function version(...numbers: [Numbers, Numbers, Numbers]): Numbers {
  return fc
    .tuple(...numbers)
    .map(([high, middle, low]) => (high * part + middle) * part + low);
}

type Numbers = fc.Arbitrary<number>;

const time = fc.nat(5).map(ms => Date.UTC(2026, 0, 1) + ms);
const refused = fc.constantFrom(-1, -2, -3);
const wide = fc.constantFrom(0.5, 2 ** 48, 2 ** 53 - 1, Infinity);

/** Where the orders that are not negative stand, sorted, equal ones by position. */
function sortedPositions(orders: Float64Array): number[] {
  return [...orders.keys()]
    .filter(position => orders[position] >= 0)
    .sort((a, b) => orders[a] - orders[b] || a - b);
}

function positionsOf({ numbers, mask }: PackedOrders): number[] {
  return Array.from(numbers, number => Number(number & BigInt(mask)));
}

describe('packOrders', () => {
  it.each<[string, Numbers, number]>([
    ['small versions', version(small, small, small), 20],
    ['a large major', version(large, small, small), 20],
    ['a large minor', version(small, large, small), 20],
    ['a large patch', version(small, small, large), 20],
    ['50 000 tags', version(large, small, small), 50_000],
    ['more than 65 536 tags', version(large, small, small), 70_000],
    ['times', time, 70_000],
    ['one tag', version(large, large, large), 1],
    ['all that versions may have', version(large, large, large), 20],
    ['no room beside the positions', version(large, large, large), 70_000],
    ['no whole numbers', fc.oneof(small, wide), 20],
  ])(
    'packs what compares as orders and positions do: %s',
    (_, order, length) => {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(length - 1), fc.oneof(order, refused)), {
            maxLength: 20,
          }),
          given => {
            const orders = new Float64Array(length).fill(-2);
            given.forEach(([position, value]) => {
              orders[position] = value;
            });
            const packed = packOrders(orders);
            packed?.numbers.sort();
            expect(packed && positionsOf(packed)).toEqual(
              sortedPositions(orders),
            );
          },
        ),
      );
    },
  );

  it('packs all powers of two, by their rank where they have no room', () => {
    const powers = Float64Array.from({ length: 54 }, (_, index) => 2 ** index);
    for (const orders of [powers, powers.slice().reverse()]) {
      const packed = packOrders(orders);
      packed?.numbers.sort();
      expect(packed && positionsOf(packed)).toEqual(sortedPositions(orders));
    }
  });

  it('packs zeros', () => {
    expect(packOrders(Float64Array.of(0, -0))?.numbers).toHaveLength(2);
  });

  it('packs nothing where one has no place', () => {
    expect(packOrders(Float64Array.of(1, NaN))).toBeUndefined();
    expect(packOrders(Float64Array.of(0.5, NaN))).toBeUndefined();
  });
});
