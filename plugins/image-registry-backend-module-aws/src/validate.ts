import { SIGN_IN_OPTION } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { readEcrHost } from './ecrAddress';
import { signInOf } from './sdk';

const rolePattern = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** IAM: 16 to 128 letters and digits, in practice 20 that begin with AKIA or ASIA. */
const accessKeyPattern = /^\w{16,128}$/;

/** Which values cannot be right, by field. */
export const validateEcr: NonNullable<RegistryProvider['validate']> = ({
  address,
  credentials,
  options,
}) => {
  const wrong: Record<string, string> = {};
  const signIn = signInOf(options);
  const { roleArn, externalId } = options;
  const isPublic = readEcrHost(new URL(address).hostname)?.kind === 'public';
  if (signIn === 'anonymous' && !isPublic) {
    wrong[`options.${SIGN_IN_OPTION}`] =
      'a private registry needs an identity; only ECR Public can be used without';
  }
  if (
    credentials?.accessKeyId &&
    !accessKeyPattern.test(credentials.accessKeyId)
  ) {
    wrong['credentials.accessKeyId'] =
      'is not an access key ID, which has letters and digits only, such as AKIA…';
  }
  if (
    credentials?.accessKeyId?.startsWith('ASIA') &&
    !credentials.sessionToken
  ) {
    wrong['credentials.sessionToken'] =
      'is needed: an access key that begins with ASIA is a temporary one';
  }
  if (typeof roleArn === 'string' && roleArn !== '') {
    if (signIn === 'anonymous') {
      wrong['options.roleArn'] = 'needs an identity that assumes it';
    } else if (!rolePattern.test(roleArn)) {
      wrong['options.roleArn'] =
        'is not the ARN of a role, such as arn:aws:iam::123456789012:role/portal';
    }
  } else if (typeof externalId === 'string' && externalId !== '') {
    wrong['options.externalId'] = 'belongs to a role; enter its ARN, too';
  }
  return wrong;
};
