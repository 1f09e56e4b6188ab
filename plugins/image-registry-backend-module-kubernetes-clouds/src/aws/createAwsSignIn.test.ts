import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { ClusterSignInError } from '@slipway/backstage-plugin-image-registry-node';
import { AssumedRole, createAwsSignIn } from './createAwsSignIn';

const own = { accessKeyId: 'AKIDOWN', secretAccessKey: 'dummy' };
const ofRole = { accessKeyId: 'AKIDROLE', secretAccessKey: 'dummy' };

function openCluster(entry: JsonObject, fail?: Error) {
  const asked: AssumedRole[] = [];
  const signIn = createAwsSignIn({
    config: new ConfigReader({}),
    identity: async () => own,
    assumeRole: (role, identity) => async () => {
      asked.push(role);
      expect((await identity()).accessKeyId).toBe('AKIDOWN');
      if (fail) {
        throw fail;
      }
      return ofRole;
    },
    now: () => Date.parse('2026-08-30T12:36:00Z'),
  });
  const tokens = signIn.open({
    name: 'production',
    server: 'https://A1.gr7.eu-west-1.eks.amazonaws.com',
    config: new ConfigReader(entry),
  });
  return { tokens, asked };
}

function keyOf(token: string): string | undefined {
  const url = new URL(Buffer.from(token.split('.')[1], 'base64url').toString());
  return url.searchParams.get('X-Amz-Credential')?.split('/')[0];
}

function named(name: string, message = 'dummy-secret'): Error {
  return Object.assign(new Error(message), { name });
}

describe('createAwsSignIn', () => {
  it('signs with the identity of the backend', async () => {
    const { tokens, asked } = openCluster({});
    expect(keyOf((await tokens.fetch()).token)).toBe('AKIDOWN');
    expect(asked).toEqual([]);
  });

  it.each([
    [
      'keys of the entry',
      { assumeRole: 'arn:aws:iam::1:role/deploy', externalId: 'shared' },
    ],
    [
      'authMetadata',
      {
        authMetadata: {
          'kubernetes.io/aws-assume-role': 'arn:aws:iam::1:role/deploy',
          'kubernetes.io/aws-external-id': 'shared',
        },
      },
    ],
  ])('takes on a role that is named by %s', async (_, entry) => {
    const { tokens, asked } = openCluster(entry);
    expect(keyOf((await tokens.fetch()).token)).toBe('AKIDROLE');
    expect(asked).toEqual([
      {
        arn: 'arn:aws:iam::1:role/deploy',
        externalId: 'shared',
        region: 'eu-west-1',
      },
    ]);
  });

  it('signs for the name that the cluster has at EKS', async () => {
    const inPortal = await openCluster({}).tokens.fetch();
    const atEks = await openCluster({
      authMetadata: { 'kubernetes.io/x-k8s-aws-id': 'eks-production' },
    }).tokens.fetch();
    const same = await openCluster({
      authMetadata: { 'kubernetes.io/x-k8s-aws-id': 'production' },
    }).tokens.fetch();
    expect(atEks.token).not.toBe(inPortal.token);
    expect(same.token).toBe(inPortal.token);
  });

  it.each([
    ['AccessDenied', 'assume the role arn:aws:iam::1:role/deploy', 'trust'],
    ['CredentialsProviderError', 'no AWS credentials were found', 'IRSA'],
    ['ExpiredTokenException', 'have expired', 'Renew'],
    ['InvalidClientTokenId', 'does not know the access key', 'active'],
    ['SomethingNew', '(SomethingNew)', 'security token service'],
  ])('says what to do about %s, and no secret', async (name, what, remedy) => {
    const { tokens } = openCluster(
      { assumeRole: 'arn:aws:iam::1:role/deploy' },
      named(name),
    );
    const error: unknown = await tokens.fetch().catch(caught => caught);
    expect(error).toBeInstanceOf(ClusterSignInError);
    expect(error).toMatchObject({
      message: expect.stringContaining(what),
      remedy: expect.stringContaining(remedy),
    });
    expect(String(error)).not.toContain('dummy-secret');
  });

  it('names the code of a network that is down', async () => {
    const { tokens } = openCluster(
      { assumeRole: 'arn:aws:iam::1:role/deploy' },
      Object.assign(new Error('x'), { cause: { code: 'ENOTFOUND' } }),
    );
    await expect(tokens.fetch()).rejects.toThrow('(ENOTFOUND)');
  });
});
