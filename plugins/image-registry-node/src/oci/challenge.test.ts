import { parseChallenges } from './challenge';

const basic = (realm: string) => [{ scheme: 'basic', parameters: { realm } }];

describe('parseChallenges', () => {
  it.each<[string, string | undefined, object[]]>([
    ['no header', undefined, []],
    ['an empty header', '', []],
    ['mixed case', 'BaSiC ReAlM="x"', basic('x')],
    ['a bare value', 'Basic realm=unquoted', basic('unquoted')],
    ['a bare value that is a path', 'Basic realm=/', basic('/')],
    ['quoted words everywhere', '"Basic" "realm"=/', basic('/')],
    ['space around the equals sign', 'Basic realm = "x"', basic('x')],
    ['an escaped quote', 'Basic realm="a \\"b\\""', basic('a "b"')],
    ['empty parts of the list', ' , Basic realm="x" , ,', basic('x')],
    ['a scheme alone', 'Basic', [{ scheme: 'basic', parameters: {} }]],
    [
      'commas inside quotes',
      'Bearer realm="https://r.test/t",service="s",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://r.test/t',
            service: 's',
            scope: 'repository:a/b:pull,push',
          },
        },
      ],
    ],
    [
      'two challenges in one header',
      'Bearer realm="https://r.test/t", service="s", Basic realm="Packages"',
      [
        {
          scheme: 'bearer',
          parameters: { realm: 'https://r.test/t', service: 's' },
        },
        ...basic('Packages'),
      ],
    ],
    [
      'a scheme alone before another',
      'Negotiate, Basic realm="x"',
      [{ scheme: 'negotiate', parameters: {} }, ...basic('x')],
    ],
    [
      'a padded token68 before another',
      'Negotiate YIIabc==, Basic realm="x"',
      [
        { scheme: 'negotiate', parameters: { token68: 'YIIabc' } },
        ...basic('x'),
      ],
    ],
  ])('reads %s', (_name, header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });

  it.each([
    ['a missing comma', 'Bearer realm="x" service="y"', /comma is missing/],
    ['a missing closing quote', 'Bearer realm="x', /quote is not closed/],
    ['an escape at the end', 'Bearer realm="x\\', /nothing follows/],
    ['a missing value', 'Bearer service="s", realm=', /word is missing/],
    ['a missing name', 'Bearer ="x"', /word is missing/],
  ])('refuses %s', (_name, header, message) => {
    expect(() => parseChallenges(header)).toThrow(message);
  });
});
