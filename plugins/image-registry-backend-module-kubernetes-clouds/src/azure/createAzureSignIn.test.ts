import { TokenCredential } from '@azure/core-auth';
import { ConfigReader } from '@backstage/config';
import { createAzureSignIn } from './createAzureSignIn';

function open(getToken: TokenCredential['getToken']) {
  return createAzureSignIn({ credential: { getToken } }).open({
    name: 'production',
    server: 'https://shop.hcp.westeurope.azmk8s.io:443',
    config: new ConfigReader({}),
  });
}

function failing(name: string, message: string) {
  return open(async () => {
    throw Object.assign(new Error(message), { name });
  });
}

describe('createAzureSignIn', () => {
  it('asks for a token of AKS', async () => {
    const asked: unknown[] = [];
    const tokens = open(async scopes => {
      asked.push(scopes);
      return { token: 'dummy-entra', expiresOnTimestamp: 1_800_000_000_000 };
    });
    await expect(tokens.fetch()).resolves.toEqual({
      token: 'dummy-entra',
      expiresAt: 1_800_000_000_000,
    });
    expect(asked).toEqual(['6dae42f8-4368-4678-94ff-3960e28e3630/.default']);
  });

  it.each([
    [
      'AuthenticationError',
      'AADSTS7000222: The provided key dummy-secret has expired',
      'AADSTS7000222',
      'expired: enter a new one',
    ],
    [
      'AuthenticationError',
      'AADSTS99999: dummy-secret',
      'AADSTS99999',
      'Look the number up',
    ],
    [
      'CredentialUnavailableError',
      'EnvironmentCredential: dummy-secret',
      'no Azure identity was found',
      'managed identity',
    ],
    ['OddError', 'dummy-secret', '(OddError)', 'login.microsoftonline.com'],
  ])('says what to do about %s %s', async (name, message, what, remedy) => {
    const error: unknown = await failing(name, message)
      .fetch()
      .catch(caught => caught);
    expect(error).toMatchObject({
      message: expect.stringContaining(what),
      remedy: expect.stringContaining(remedy),
    });
    expect(String(error)).not.toContain('dummy-secret');
  });

  it('does not take nothing for a token', async () => {
    await expect(open(async () => null).fetch()).rejects.toThrow(
      'gave no token',
    );
  });
});
