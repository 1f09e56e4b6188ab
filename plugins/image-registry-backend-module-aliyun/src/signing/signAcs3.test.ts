import { signAcs3 } from './signAcs3';

/**
 * The example with fixed parameters of the vendor's page:
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
const keys = {
  accessKeyId: 'YourAccessKeyId',
  accessKeySecret: 'YourAccessKeySecret',
};
const moment = {
  now: Date.parse('2023-10-26T10:22:32Z'),
  nonce: '3156853299f313e23d1673dc12e1703d',
};
const request = {
  method: 'POST',
  url: new URL(
    'https://ecs.cn-shanghai.aliyuncs.com/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
  ),
  action: 'RunInstances',
  version: '2014-05-26',
};

describe('signAcs3', () => {
  it('signs as the published example does', () => {
    expect(signAcs3(request, keys, moment)).toEqual({
      'x-acs-action': 'RunInstances',
      'x-acs-version': '2014-05-26',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-content-sha256':
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      authorization:
        'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    });
  });

  it('does not depend on the order of the parameters', () => {
    const [first, second] = request.url.search.slice(1).split('&');
    const url = new URL(`${request.url.origin}/?${second}&${first}`);
    expect(signAcs3({ ...request, url }, keys, moment).authorization).toBe(
      signAcs3(request, keys, moment).authorization,
    );
  });

  it.each([
    ['the body', { ...request, body: '{}' }],
    [
      'the host',
      { ...request, url: new URL(`https://example.com${request.url.search}`) },
    ],
    [
      'the path',
      {
        ...request,
        url: new URL(`${request.url.origin}/x${request.url.search}`),
      },
    ],
    ['the method', { ...request, method: 'GET' }],
    ['the media type', { ...request, contentType: 'application/json' }],
  ])('signs %s', (_, changed) => {
    expect(signAcs3(changed, keys, moment).authorization).not.toBe(
      signAcs3(request, keys, moment).authorization,
    );
  });
});
