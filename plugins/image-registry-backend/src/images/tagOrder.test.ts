import { isTag } from '@slipway/backstage-plugin-image-registry-common';
import { compareNatural } from '@slipway/backstage-plugin-image-registry-node';
import fc from 'fast-check';
import { naturalKey, orderTags } from './tagOrder';

const named = (tags: string[]) => tags.map(tag => ({ tag }));

describe('orderTags', () => {
  it('orders numbers by their value, of any length', () => {
    const tags = ['v10', 'v9', 'v2.1', 'v2', 'latest', 'v99999999999999999999'];
    expect(orderTags(named(tags), 'natural-asc').map(({ tag }) => tag)).toEqual(
      ['latest', 'v2', 'v2.1', 'v9', 'v10', 'v99999999999999999999'],
    );
    expect(
      orderTags(named(tags), 'natural-desc').map(({ tag }) => tag),
    ).toEqual(['v99999999999999999999', 'v10', 'v9', 'v2.1', 'v2', 'latest']);
  });

  it('agrees with the order of the OCI client', () => {
    const tag = fc
      .string({
        unit: fc.constantFrom('0', '1', '2', '9', 'a', 'v', '.', '-', '_'),
        maxLength: 10,
      })
      .filter(isTag);
    fc.assert(
      fc.property(tag, tag, (a, b) => {
        const [keyA, keyB] = [naturalKey(a), naturalKey(b)];
        // Equal keys are told apart by the tags themselves.
        fc.pre(keyA !== keyB);
        expect(keyA < keyB).toBe(compareNatural(a, b) < 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('puts the newest push first, and what has no time last', () => {
    const tags = [
      { tag: 'old', pushedAt: '2026-01-01T00:00:00.000Z' },
      { tag: 'none-2' },
      { tag: 'new', pushedAt: '2026-02-01T00:00:00.000Z' },
      { tag: 'none-10' },
    ];
    const order = (sort: 'pushed-desc' | 'pushed-asc') =>
      orderTags(tags, sort).map(({ tag }) => tag);
    expect(order('pushed-desc')).toEqual(['new', 'old', 'none-10', 'none-2']);
    expect(order('pushed-asc')).toEqual(['old', 'new', 'none-2', 'none-10']);
  });
});
