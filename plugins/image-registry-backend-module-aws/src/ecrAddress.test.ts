import { readFromHost } from '@slipway/backstage-plugin-image-registry-common';
import { parseEcrAddress, regionPatterns } from './ecrAddress';

const account = '123456789012';

describe('parseEcrAddress', () => {
  it.each([
    [
      `https://${account}.dkr.ecr.eu-west-1.amazonaws.com`,
      { account, region: 'eu-west-1', fips: false, dualstack: false },
    ],
    [
      `${account}.dkr.ecr.eu-west-1.amazonaws.com/shop`,
      { account, region: 'eu-west-1', fips: false, dualstack: false },
    ],
    [
      `http://${account}.DKR.ECR.us-gov-west-1.amazonaws.com/`,
      { account, region: 'us-gov-west-1', fips: false, dualstack: false },
    ],
    [
      `${account}.dkr.ecr-fips.us-east-2.amazonaws.com`,
      { account, region: 'us-east-2', fips: true, dualstack: false },
    ],
    [
      `${account}.dkr.ecr.cn-north-1.amazonaws.com.cn`,
      { account, region: 'cn-north-1', fips: false, dualstack: false },
    ],
    [
      `${account}.dkr-ecr.eu-central-1.on.aws`,
      { account, region: 'eu-central-1', fips: false, dualstack: true },
    ],
    [
      `${account}.dkr-ecr-fips.us-west-2.on.aws`,
      { account, region: 'us-west-2', fips: true, dualstack: true },
    ],
  ])('reads %s', (text, expected) => {
    const address = parseEcrAddress(text);
    expect(address).toMatchObject({ kind: 'private', ...expected });
    // What the form shows.
    expect(readFromHost({ fromHost: regionPatterns }, address.host)).toBe(
      expected.region,
    );
  });

  it('reads the registry that is for everybody', () => {
    expect(parseEcrAddress('public.ecr.aws/nginx')).toEqual({
      kind: 'public',
      host: 'public.ecr.aws',
    });
  });

  it.each([
    'https://registry.example.com',
    'shop.dkr.ecr.eu-west-1.amazonaws.com',
    `${account}.dkr.ecr.eu-west-1.amazonaws.com.evil.example`,
    `${account}.dkr.ecr.eu-west-1.amazonaws.com:8443`,
    `${account}.dkr.ecr.eu.west.1.amazonaws.com`,
    'api.ecr.eu-west-1.amazonaws.com',
    's3.amazonaws.com',
  ])('refuses %s', text => {
    expect(() => parseEcrAddress(text)).toThrow(/no registry of Amazon ECR/);
  });
});
