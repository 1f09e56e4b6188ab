import { interleave } from './merge';

describe('the order of a merged list', () => {
  it.each([
    ['of the applied list, where it names all', 'abc', 'cab', 'cab'],
    ['of the live list between items that are not named', 'abcd', 'bd', 'abcd'],
    ['with what only lives before what follows it', 'axb', 'ba', 'xba'],
    ['with new items where they are applied', 'ab', 'anb', 'anb'],
    ['with new items at the end behind what only lives', 'axb', 'abn', 'axbn'],
    ['of the applied list where nothing lives', '', 'ab', 'ab'],
  ])('is that %s', (_, live, applied, merged) => {
    expect(interleave([...live], [...applied]).join('')).toBe(merged);
  });
});
