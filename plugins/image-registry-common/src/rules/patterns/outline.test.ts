import { outlineOf } from './outline';

function marked(expression: string): string {
  const { marks, quotesToEnd } = outlineOf(expression);
  const places = marks.map(({ character, at }) => `${character}${at}`);
  return [...places, ...(quotesToEnd ? ['…'] : [])].join(' ');
}

describe('outlineOf', () => {
  it.each([
    ['', ''],
    ['v(a|b)', '(1 |3 )5'],
    [String.raw`\(\|\)(`, '(6'],
    [String.raw`\\(`, '(2'],
    ['[(|)](', '(5'],
    ['[]|](', '(4'],
    ['[^]|](', '(5'],
    [String.raw`[\]|](`, '(5'],
    ['[[:alpha:]|](', '(12'],
    ['[[:^alpha:](](', '(13'],
    ['[[:|:](', '(6'],
    ['[(|', ''],
    [String.raw`\Q(|\E|`, '|6'],
    [String.raw`\Q(\\E|`, '|6'],
    [String.raw`\\Q(`, '(3'],
    [String.raw`(\Qa|b`, '(0 …'],
    [String.raw`(\Q`, '(0 …'],
    ['(\\', '(0'],
  ])('finds what shapes %s', (expression, expected) => {
    expect(marked(expression)).toBe(expected);
  });

  it.each(['[[:', '[:a', '\\', '(', '[', '\\Q\\E'])(
    'takes linear time for many times %s',
    part => {
      const time = (count: number) => {
        const expression = part.repeat(count);
        const begin = performance.now();
        outlineOf(expression);
        return performance.now() - begin;
      };
      time(10_000);
      expect(time(200_000)).toBeLessThan(1000);
    },
  );
});
