import { signTc3 } from './signTc3';

/**
 * The example of the vendor's page "Signature v3", whose key is printed as
 * asterisks and is computed with them:
 * https://cloud.tencent.com/document/api/213/30654
 */
const key = {
  secretId: '********************************',
  secretKey: '********************************',
};
const now = 1551113065 * 1000;
const call = {
  host: 'cvm.tencentcloudapi.com',
  action: 'DescribeInstances',
  version: '2017-03-12',
  region: 'ap-guangzhou',
  body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
};

describe('signTc3', () => {
  it('signs as the published example does', () => {
    expect(signTc3(call, key, now)).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': 'DescribeInstances',
      'x-tc-timestamp': '1551113065',
      'x-tc-version': '2017-03-12',
      'x-tc-region': 'ap-guangzhou',
      authorization:
        'TC3-HMAC-SHA256 Credential=********************************/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    });
  });

  it.each([
    ['the body', { ...call, body: '{}' }],
    ['the action', { ...call, action: 'DescribeImages' }],
    ['the host', { ...call, host: 'tcr.tencentcloudapi.com' }],
  ])('signs %s', (_, changed) => {
    expect(signTc3(changed, key, now).authorization).not.toBe(
      signTc3(call, key, now).authorization,
    );
  });

  it('takes the day from the time in UTC', () => {
    const late = Date.parse('2026-11-16T23:59:59.999Z');
    expect(signTc3(call, key, late).authorization).toContain('/2026-11-16/');
    expect(signTc3(call, key, late + 1).authorization).toContain(
      '/2026-11-17/',
    );
  });
});
