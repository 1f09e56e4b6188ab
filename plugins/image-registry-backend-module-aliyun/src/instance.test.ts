import { apiHost, regionOf, tokenServices, vpcHost } from './addresses';
import { parseService } from './instance';

describe('parseService', () => {
  it.each([
    [
      'registry.aliyuncs.com:cn-hangzhou:26842',
      { edition: 'personal', region: 'cn-hangzhou' },
    ],
    [
      'registry.aliyuncs.com:ap-southeast-1:china:cri-0123456789abcdef',
      {
        edition: 'enterprise',
        region: 'ap-southeast-1',
        instanceId: 'cri-0123456789abcdef',
      },
    ],
    ['registry.aliyuncs.com:oss-cn-hangzhou:26842', undefined],
    ['registry.aliyuncs.com:evil.example/:1', undefined],
    ['registry.docker.io', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %s', (service, expected) => {
    expect(parseService(service)).toEqual(expected);
  });
});

describe('addresses', () => {
  it.each([
    [
      'registry.cn-hangzhou.aliyuncs.com',
      'cn-hangzhou',
      'registry-vpc.cn-hangzhou.aliyuncs.com',
    ],
    ['registry-vpc.cn-hangzhou.aliyuncs.com', 'cn-hangzhou', undefined],
    [
      'acme-registry.us-west-1.cr.aliyuncs.com',
      'us-west-1',
      'acme-registry-vpc.us-west-1.cr.aliyuncs.com',
    ],
    [
      'crpi-0a1b.cn-beijing.personal.cr.aliyuncs.com',
      'cn-beijing',
      'crpi-0a1b-vpc.cn-beijing.personal.cr.aliyuncs.com',
    ],
    ['bucket.oss-cn-hangzhou.aliyuncs.com', undefined, undefined],
    ['images.acme.example', undefined, undefined],
  ])('knows the region of %s, and its host in a VPC', (host, region, vpc) => {
    expect(regionOf(host)).toBe(region);
    expect(vpcHost(host)).toBe(vpc);
  });

  it('calls the API from inside the VPC when the registry is there', () => {
    expect(
      apiHost('cn-hangzhou', 'registry-vpc.cn-hangzhou.aliyuncs.com'),
    ).toBe('cr-vpc.cn-hangzhou.aliyuncs.com');
    expect(apiHost('cn-hangzhou', 'images.acme.example')).toBe(
      'cr.cn-hangzhou.aliyuncs.com',
    );
  });

  it('trusts the token services of the own region only', () => {
    expect(tokenServices('registry.cn-hangzhou.aliyuncs.com')).toContain(
      'dockerauth.cn-hangzhou.aliyuncs.com',
    );
    expect(tokenServices('images.acme.example')).toEqual([]);
  });
});
