import { readFromHost } from '@slipway/backstage-plugin-image-registry-common';
import { regionOf, regionPatterns } from './addresses';

it.each([
  ['swr.cn-north-4.myhuaweicloud.com', 'cn-north-4'],
  ['swr.eu-west-101.myhuaweicloud.eu', 'eu-west-101'],
  ['name-abc123.swr-pro.cn-east-3.myhuaweicloud.com', 'cn-east-3'],
  ['name-abc123.swr-pro.myhuaweicloud.com', undefined],
  ['registry.example.com', undefined],
])('reads and shows of %s the region %s', (host, region) => {
  expect(regionOf(host)).toBe(region);
  expect(readFromHost({ fromHost: regionPatterns }, host)).toBe(region);
});
