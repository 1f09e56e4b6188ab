import {
  Reason,
  SIGN_IN_OPTION,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
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
  const wrong: Record<string, Reason> = {};
  const signIn = signInOf(options);
  const { roleArn, externalId } = options;
  const isPublic = readEcrHost(new URL(address).hostname)?.kind === 'public';
  if (signIn === 'anonymous' && !isPublic) {
    wrong[`options.${SIGN_IN_OPTION}`] = because(
      'ecr-needs-identity',
      'a private registry needs an identity; only ECR Public can be used without',
    );
  }
  if (
    credentials?.accessKeyId &&
    !accessKeyPattern.test(credentials.accessKeyId)
  ) {
    wrong['credentials.accessKeyId'] = because(
      'ecr-access-key-invalid',
      'is not an access key ID, which has letters and digits only, such as AKIA…',
    );
  }
  if (
    credentials?.accessKeyId?.startsWith('ASIA') &&
    !credentials.sessionToken
  ) {
    wrong['credentials.sessionToken'] = because(
      'ecr-session-token-needed',
      'is needed: an access key that begins with ASIA is a temporary one',
    );
  }
  if (typeof roleArn === 'string' && roleArn !== '') {
    if (signIn === 'anonymous') {
      wrong['options.roleArn'] = because(
        'ecr-role-needs-identity',
        'needs an identity that assumes it',
      );
    } else if (!rolePattern.test(roleArn)) {
      wrong['options.roleArn'] = because(
        'ecr-role-invalid',
        'is not the ARN of a role, such as arn:aws:iam::123456789012:role/portal',
      );
    }
  } else if (typeof externalId === 'string' && externalId !== '') {
    wrong['options.externalId'] = because(
      'ecr-external-id-alone',
      'belongs to a role; enter its ARN, too',
    );
  }
  return wrong;
};
