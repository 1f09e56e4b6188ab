import { BoundedMap } from './BoundedMap';

/** Of 100 bytes with its key of one character and its two quotes. */
const value = (letter: string) => letter.repeat(97);

describe('BoundedMap', () => {
  it('forgets what was not used for longest when its bytes are too many', () => {
    const map = new BoundedMap<string>(300);
    for (const key of ['a', 'b', 'c']) {
      map.set(key, value(key));
    }
    map.get('a');
    map.set('d', value('d'));
    expect(map.get('b')).toBeUndefined();
    expect(['a', 'c', 'd'].map(key => map.get(key))).toEqual(
      ['a', 'c', 'd'].map(value),
    );
  });

  it('weighs a value by what is in it, not by how many there are', () => {
    const map = new BoundedMap<string>(1000);
    map.set('a', value('a'));
    map.set('b', 'b'.repeat(950));
    expect(map.get('a')).toBeUndefined();
    expect(map.get('b')).toHaveLength(950);
  });

  it('keeps nothing that is larger than itself, and nothing older in its place', () => {
    const map = new BoundedMap<string>(300);
    map.set('a', value('a'));
    map.set('b', value('b'));
    map.set('a', 'x'.repeat(300));
    expect(map.get('a')).toBeUndefined();
    expect(map.get('b')).toBe(value('b'));
  });

  it('counts a replaced or deleted value no more', () => {
    const map = new BoundedMap<string>(200);
    for (let round = 0; round < 10; round++) {
      map.set('a', value('a'));
    }
    map.set('b', value('b'));
    expect(map.get('a')).toBe(value('a'));
    map.delete('a');
    map.set('c', value('c'));
    expect(map.get('b')).toBe(value('b'));
  });
});
