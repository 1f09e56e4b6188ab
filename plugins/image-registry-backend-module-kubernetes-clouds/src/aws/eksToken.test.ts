import { createHash, createHmac } from 'crypto';
import { eksRegion } from './eksRegion';
import { eksToken, EksTokenRequest } from './eksToken';

/** Of AWS's own examples of Signature Version 4; not a key of anybody. */
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

const signedAt = new Date('2026-08-30T12:36:00Z');

const request: EksTokenRequest = {
  clusterId: 'shop',
  region: { region: 'eu-west-1', stsHost: 'sts.eu-west-1.amazonaws.com' },
  credentials,
  signedAt,
};

/** What aws-iam-authenticator lets through (`parameterWhitelist`). */
const takenParameters = [
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
];

function open(token: string): URL {
  expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
  const text = Buffer.from(token.split('.')[1], 'base64url').toString();
  return new URL(text);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/**
 * The signature as the security token service works it out from what arrives:
 * "Create a signed AWS API request" of the IAM user guide, by hand.
 */
function expectedSignature(url: URL, clusterId: string): string {
  const raw = url.search.slice(1).split('&');
  const canonicalQuery = raw
    .filter(parameter => !parameter.startsWith('X-Amz-Signature='))
    .sort()
    .join('&');
  const canonical = [
    'GET',
    '/',
    canonicalQuery,
    `host:${url.host}`,
    `x-k8s-aws-id:${clusterId}`,
    '',
    'host;x-k8s-aws-id',
    createHash('sha256').update('').digest('hex'),
  ].join('\n');
  const [, day, region, service] =
    url.searchParams.get('X-Amz-Credential')?.split('/') ?? [];
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  const toSign = [
    'AWS4-HMAC-SHA256',
    url.searchParams.get('X-Amz-Date'),
    `${day}/${region}/${service}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  return hmac(key, toSign).toString('hex');
}

describe('eksToken', () => {
  it('is the address that aws-iam-authenticator takes', async () => {
    const url = open((await eksToken(request)).token);
    expect(url.protocol).toBe('https:');
    expect(url.host).toBe('sts.eu-west-1.amazonaws.com');
    expect(url.pathname).toBe('/');
    expect(takenParameters).toEqual(
      expect.arrayContaining([...url.searchParams.keys()]),
    );
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260830/eu-west-1/sts/aws4_request',
      'X-Amz-Date': '20260830T123600Z',
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    });
  });

  it.each([
    ['a plain name', 'shop', undefined],
    ['a session token with marks', 'shop', 'a+b/c=(d)*!'],
    ['another cluster', 'shop-eu_2', undefined],
  ])('is signed for the cluster: %s', async (_, clusterId, sessionToken) => {
    const { token } = await eksToken({
      ...request,
      clusterId,
      credentials: { ...credentials, sessionToken },
    });
    const url = open(token);
    const signature = url.searchParams.get('X-Amz-Signature');
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe(
      sessionToken ?? null,
    );
    expect(signature).toBe(expectedSignature(url, clusterId));
    expect(signature).not.toBe(expectedSignature(url, 'another'));
    expect(token).not.toContain(credentials.secretAccessKey);
  });

  it('ends a minute before EKS stops taking it', async () => {
    const { expiresAt } = await eksToken(request);
    expect(expiresAt - signedAt.getTime()).toBe(14 * 60_000);
  });

  it('ends with the credentials it was signed with', async () => {
    const expiration = new Date(signedAt.getTime() + 60_000);
    const { expiresAt } = await eksToken({
      ...request,
      credentials: { ...credentials, expiration },
    });
    expect(expiresAt).toBe(expiration.getTime());
  });
});

describe('eksRegion', () => {
  it.each([
    [
      'https://A1B2.gr7.eu-west-1.eks.amazonaws.com',
      'sts.eu-west-1.amazonaws.com',
    ],
    [
      'https://A1B2.sk1.cn-north-1.eks.amazonaws.com.cn',
      'sts.cn-north-1.amazonaws.com.cn',
    ],
    [
      'https://a1b2.gr7.eks-cluster.us-gov-west-1.api.aws',
      'sts.us-gov-west-1.amazonaws.com',
    ],
    ['https://kubernetes.example.com', 'sts.ap-south-1.amazonaws.com'],
    ['https://eks.amazonaws.com.example.com', 'sts.ap-south-1.amazonaws.com'],
  ])('of %s signs for %s', (server, stsHost) => {
    expect(eksRegion(server, 'ap-south-1').stsHost).toBe(stsHost);
  });

  it('is that of Backstage where nothing names one', () => {
    expect(eksRegion('https://kubernetes.example.com').region).toBe(
      'us-east-1',
    );
  });
});
