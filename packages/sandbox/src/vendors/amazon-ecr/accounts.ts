/** Where the simulated registries are. */
export const ecrPlace = {
  account: '123456789012',
  region: 'eu-west-1',
  host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  apiHost: 'api.ecr.eu-west-1.amazonaws.com',
  publicApiHost: 'api.ecr-public.us-east-1.amazonaws.com',
  stsHost: 'sts.eu-west-1.amazonaws.com',
  /** Alias of the account in ECR Public. */
  alias: 'acme',
} as const;

/** Who is known to the simulated AWS. */
export const ecrAccounts = {
  /** Reads and pulls, and may assume the role. */
  portal: {
    accessKeyId: 'AKIASANDBOXPORTAL001',
    secretAccessKey: 'sandbox/portal+secret/access/key/0000001',
  },
  /** Known, without any permission. */
  weak: {
    accessKeyId: 'AKIASANDBOXNOBODY002',
    secretAccessKey: 'sandbox/nobody+secret/access/key/0000002',
  },
  /** Temporary keys that have ended. */
  ended: {
    accessKeyId: 'ASIASANDBOXENDED0003',
    secretAccessKey: 'sandbox/ended+secret/access/key/00000003',
    sessionToken: 'sandbox-session-token-that-has-ended',
  },
  /** Reads and pulls, once assumed. */
  role: {
    roleArn: 'arn:aws:iam::123456789012:role/portal',
    externalId: 'portal-of-acme',
  },
} as const;
