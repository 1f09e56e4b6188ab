import fc from 'fast-check';
import { DistinctNames } from './DistinctNames';

it('holds what a set holds, in its order', () => {
  const pages = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')));
  fc.assert(
    fc.property(pages, given => {
      const names = new DistinctNames();
      const set = new Set<string>();
      for (const page of given) {
        const { size } = set;
        page.forEach(name => set.add(name));
        expect(names.add(page)).toBe(set.size > size);
        expect(names.size).toBe(set.size);
      }
      expect(names.all()).toEqual([...set]);
    }),
  );
});
