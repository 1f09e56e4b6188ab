import { jfrogAccounts } from '@slipway/sandbox';
import { createJFrogProvider } from './createJFrogProvider';

const cloud = 'https://acme.jfrog.io';
const { portal } = jfrogAccounts;

describe('what is filled in for JFrog Artifactory', () => {
  const { normalizeAddress, validate } = createJFrogProvider();

  it.each([
    ['acme.jfrog.io', cloud],
    ['https://acme.jfrog.io/artifactory', cloud],
    ['https://acme.jfrog.io/artifactory/api/docker/docker-local', cloud],
    ['https://acme.jfrog.io/ui/packages', cloud],
    ['http://artifactory.internal:8082/', 'http://artifactory.internal:8082'],
    ['artifactory.internal', 'https://artifactory.internal'],
  ])('takes %s for %s', (typed, address) => {
    expect(normalizeAddress!(typed)).toBe(address);
  });

  it('wants the repository key in its own field', () => {
    expect(() => normalizeAddress!('acme.jfrog.io/docker-local')).toThrow(
      'the repository key',
    );
  });

  it.each([
    [{ accessMethod: 'port' }, {}, 'options.repositoryKey'],
    [{ apiAddress: 'ftp://x' }, {}, 'options.apiAddress'],
    [
      { apiAddress: 'http://artifactory.example.com' },
      { accessToken: portal.accessToken },
      'options.apiAddress',
    ],
    [
      { signIn: 'access-token' },
      { accessToken: portal.referenceToken },
      'credentials.username',
    ],
  ])('finds what is wrong in %j', (options, credentials, field) => {
    const problems = validate!({ address: cloud, options, credentials });
    expect(Object.keys(problems)).toEqual([field]);
  });

  it.each([
    ['without credentials', cloud, undefined],
    [
      'beside a registry whose own address is plain http',
      'http://artifactory.internal:8082',
      { accessToken: portal.accessToken },
    ],
  ])('takes an API by plain http %s', (_name, address, credentials) => {
    const options = { apiAddress: 'http://artifactory.internal:8082' };
    expect(validate!({ address, options, credentials })).toEqual({});
  });

  it('finds nothing wrong in what is right', () => {
    expect(
      validate!({
        address: cloud,
        options: { signIn: 'access-token', accessMethod: 'subdomain' },
        credentials: { accessToken: portal.accessToken },
      }),
    ).toEqual({});
  });
});
