import { secretsOf } from './secretsOf';

describe('the secrets of a request', () => {
  const inBody = (body: unknown) =>
    secretsOf({ body: typeof body === 'string' ? body : JSON.stringify(body) });

  it('are those of its header', () => {
    const basic = Buffer.from('anna:hunter22').toString('base64');
    expect(secretsOf({ headers: { Authorization: `Basic ${basic}` } })).toEqual(
      [basic, 'hunter22'],
    );
  });

  it('are those that the caller names', () => {
    expect(secretsOf({ secrets: ['named', ''] })).toEqual(['named']);
  });

  it('are those of a form', () => {
    expect(
      inBody('grant_type=password&username=anna&password=a%26b&access_token=t'),
    ).toEqual(['a&b', 't']);
  });

  it.each<[string, unknown, string[]]>([
    [
      'of a sign-in at Docker Hub',
      { identifier: 'anna', secret: 'dckr_pat_1' },
      ['dckr_pat_1'],
    ],
    [
      'of a webhook policy of Harbor',
      { name: 'portal', targets: [{ auth_header: 'Bearer abcd' }] },
      ['Bearer abcd', 'abcd'],
    ],
    [
      'of a trigger of Huawei Cloud',
      { targets: [{ auth_header: 'Authorization:Bearer abcd' }] },
      ['Authorization:Bearer abcd', 'abcd'],
    ],
    [
      'of a trigger of Tencent Cloud',
      { Headers: [{ Key: 'Authorization', Values: ['Bearer abcd'] }] },
      ['Bearer abcd', 'abcd'],
    ],
    [
      'in any spelling',
      { clientSecret: 'one', Access_Token: 'two' },
      ['one', 'two'],
    ],
    ['of a list', [{ token: 'one' }, { token: 'two' }], ['one', 'two']],
    ['and nothing else', { name: 'web', secret: true, tokens: 3 }, []],
  ])('are those of JSON %s', (_name, body, secrets) => {
    expect(inBody(body)).toEqual(secrets);
  });

  it('are found in what only looks like JSON', () => {
    expect(inBody('[x=1&password=hunter22')).toEqual(['hunter22']);
  });

  it('are looked for in a bounded part of a body', () => {
    const long = [...Array(5_000).fill('x'), { secret: 'beyond' }];
    expect(inBody(long)).toEqual([]);
    let deep: object = { secret: 'below' };
    for (let level = 0; level < 1_000; level += 1) {
      deep = { deep };
    }
    expect(inBody(deep)).toEqual(['below']);
  });
});
