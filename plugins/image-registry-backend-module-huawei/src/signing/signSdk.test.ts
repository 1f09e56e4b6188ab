import { signSdk } from './signSdk';

/**
 * The example of the vendor's API request signing guide, whose signature the
 * vendor's own SDK tests, too:
 * https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-005.html
 */
const keys = {
  accessKey: 'QTWAOYTTINDUT2QVKYUC',
  secretKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
};
const now = Date.parse('2019-11-15T03:36:55Z');
const request = {
  method: 'GET',
  url: new URL(
    'https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
  ),
  headers: { 'content-type': 'application/json' },
};

describe('signSdk', () => {
  it('signs as the published example does', () => {
    expect(signSdk(request, keys, now)).toEqual({
      'content-type': 'application/json',
      'x-sdk-date': '20191115T033655Z',
      authorization:
        'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
    });
  });

  it('does not depend on the order of the parameters', () => {
    const [first, second] = request.url.search.slice(1).split('&');
    const { origin, pathname } = request.url;
    const url = new URL(`${origin}${pathname}?${second}&${first}`);
    expect(signSdk({ ...request, url }, keys, now)).toEqual(
      signSdk(request, keys, now),
    );
  });

  it.each([
    ['the body', { ...request, body: '{}' }],
    ['the path', { ...request, url: new URL('/v1/other', request.url) }],
    ['the method', { ...request, method: 'POST' }],
    ['every header', { ...request, headers: { 'x-project-id': '1' } }],
  ])('signs %s', (_, changed) => {
    expect(signSdk(changed, keys, now).authorization).not.toBe(
      signSdk(request, keys, now).authorization,
    );
  });
});
