import { SignatureV4 } from '@smithy/signature-v4';
import { AwsCredentialIdentity } from '@smithy/types';
import { ClusterToken } from '@slipway/backstage-plugin-image-registry-node';
import { EksRegion } from './eksRegion';
import { Sha256 } from './Sha256';

/** What a token is signed for and with. */
export interface EksTokenRequest {
  /** The cluster's name at EKS. */
  clusterId: string;
  region: EksRegion;
  credentials: AwsCredentialIdentity;
  signedAt: Date;
}

const PREFIX = 'k8s-aws-v1.';

/**
 * Not looked at by the security token service; old authenticators refuse more
 * than 60 seconds.
 */
const EXPIRES_SECONDS = 60;

/**
 * A signed request is taken for 15 minutes after its date. One is left for
 * clocks that differ, as aws-iam-authenticator does.
 */
const LIFE_MS = 14 * 60_000;

/**
 * The bearer token that EKS takes: the address of a signed GetCallerIdentity
 * request, which EKS sends to learn who it is. It names the cluster in a signed
 * header, so it is of no use at another one.
 */
export async function eksToken({
  clusterId,
  region: { region, stsHost },
  credentials,
  signedAt,
}: EksTokenRequest): Promise<ClusterToken> {
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials,
    sha256: Sha256,
  });
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: stsHost,
      path: '/',
      headers: { host: stsHost, 'x-k8s-aws-id': clusterId },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    },
    { expiresIn: EXPIRES_SECONDS, signingDate: signedAt },
  );
  const parameters = Object.entries(query).map(
    ([name, value]) => `${encode(name)}=${encode(String(value))}`,
  );
  const url = `https://${stsHost}/?${parameters.join('&')}`;
  return {
    token: `${PREFIX}${Buffer.from(url).toString('base64url')}`,
    expiresAt: Math.min(
      signedAt.getTime() + LIFE_MS,
      credentials.expiration?.getTime() ?? Infinity,
    ),
  };
}

/** As signatures ask for it: RFC 3986, more than encodeURIComponent does. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
