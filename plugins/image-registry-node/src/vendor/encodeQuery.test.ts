import { canonicalQuery, encodeQuery } from './encodeQuery';

describe('encodeQuery', () => {
  it.each([
    [
      { b: "a b*(c)!'~/", a: '镜像', c: undefined },
      'a=%E9%95%9C%E5%83%8F&b=a%20b%2A%28c%29%21%27~%2F',
    ],
    [
      { namespace: "a b'(c)*", limit: 1, x: undefined },
      'limit=1&namespace=a%20b%27%28c%29%2A',
    ],
  ])(
    'encodes what URLs leave alone, and stays as it is in one',
    (of, query) => {
      expect(encodeQuery(of)).toBe(query);
      expect(new URL(`https://example.com/?${query}`).search).toBe(`?${query}`);
    },
  );
});

describe('canonicalQuery', () => {
  it('is in the order of names, each with its sign', () => {
    expect(canonicalQuery(new URL('https://example.com/?b=1&a&&c=%2F'))).toBe(
      'a=&b=1&c=%2F',
    );
  });
});
