import { nextPageQuery } from './linkHeader';

const page = 'https://registry.test/v2/team/app/tags/list?n=2';

describe('nextPageQuery', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['no header', undefined, undefined],
    [
      'a relative link',
      '</v2/team/app/tags/list?last=b&n=2>; rel="next"',
      'last=b&n=2',
    ],
    ['a bare relation', '</v2/x?last=b>; rel=next', 'last=b'],
    [
      'parameters before the relation',
      '</v2/x?last=b>; title="a, b"; rel="next"',
      'last=b',
    ],
    [
      'several links',
      '</v2/x?last=a>; rel="prev", </v2/x?last=c>; rel="next"',
      'last=c',
    ],
    ['several relations', '</v2/x?last=c>; rel="last next"', 'last=c'],
    ['a comma in the address', '</v2/x?last=a,b>; rel="next"', 'last=a,b'],
    ['another host', '<https://other.test/v2/x?last=b>; rel="next"', 'last=b'],
    ['a query alone', '<?last=b>; rel="next"', 'last=b'],
    [
      'an opaque token',
      '<https://registry.test/v2/_catalog?next_page=gAAA%3D&n=2>; rel="next"',
      'next_page=gAAA%3D&n=2',
    ],
    ['only another relation', '</v2/x?last=b>; rel="prev"', undefined],
    ['no relation', '</v2/x?last=b>', undefined],
    ['an address that is none', '<http://[>; rel="next"', undefined],
  ])('reads %s', (_name, header, expected) => {
    expect(nextPageQuery(header, page)).toBe(expected);
  });
});
