import { ClusterSignInError } from '@slipway/backstage-plugin-image-registry-node';
import { connectionCode } from '../connectionCode';

/** What AWS calls the reasons that a person can do something about. */
const reasons: Record<string, { what: string; remedy: string }> = {
  CredentialsProviderError: {
    what: 'no AWS credentials were found where the backend runs',
    remedy:
      'Give the backend an identity (IRSA, EKS Pod Identity, a task or instance role, or AWS_ACCESS_KEY_ID), or configure aws in app-config.',
  },
  ExpiredToken: {
    what: 'the AWS credentials of the backend have expired',
    remedy: 'Renew them.',
  },
  InvalidClientTokenId: {
    what: 'AWS does not know the access key of the backend',
    remedy: 'Check that the key exists and is active.',
  },
  SignatureDoesNotMatch: {
    what: 'the secret access key of the backend does not belong to its access key',
    remedy: 'Enter both anew.',
  },
  RegionDisabledException: {
    what: 'the security token service is not active in the region of the cluster',
    remedy: 'Activate the region in the account settings of IAM.',
  },
};

const synonyms: Record<string, string> = {
  TokenProviderError: 'CredentialsProviderError',
  ExpiredTokenException: 'ExpiredToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  AccessDeniedException: 'AccessDenied',
};

/** @param role - ARN of the role that was to be assumed */
export function awsSignInError(
  error: unknown,
  role: string | undefined,
): ClusterSignInError {
  const name = error instanceof Error ? error.name : '';
  const known = synonyms[name] ?? name;
  if (known === 'AccessDenied' && role !== undefined) {
    return new ClusterSignInError(
      `AWS does not let the backend assume the role ${role}`,
      'Allow the backend sts:AssumeRole on it, name the backend in its trust policy, and check the external ID.',
    );
  }
  const reason = reasons[known];
  if (reason) {
    return new ClusterSignInError(reason.what, reason.remedy);
  }
  const code = connectionCode(error) ?? known;
  return new ClusterSignInError(
    `AWS gave no credentials${code && ` (${code})`}`,
    'Check that the backend reaches the security token service of the region.',
  );
}
