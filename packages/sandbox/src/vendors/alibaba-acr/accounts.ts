/** Access keys of a RAM user, with what RAM lets them do. */
export interface AlibabaKeys {
  accessKeyId: string;
  accessKeySecret: string;
  /** RAM actions such as `cr:ListRepository`; `*` for all. */
  actions: readonly string[];
}

/** What signs in at the simulated Alibaba Cloud. */
export const alibabaAccounts = {
  /** May do everything in the registry. */
  keys: {
    accessKeyId: 'LTAI5tSandboxPortal01',
    accessKeySecret: 'AlibabaSandboxSecretOfPortal01',
    actions: ['*'],
  },
  /** May get logins and pull, but list nothing. */
  weakKeys: {
    accessKeyId: 'LTAI5tSandboxWeak0001',
    accessKeySecret: 'AlibabaSandboxSecretOfWeak0001',
    actions: ['cr:GetAuthorizationToken', 'cr:PullRepository'],
  },
  /** The fixed password of the access credential. */
  docker: {
    username: 'portal@acme',
    password: 'alibaba-fixed-password',
  },
} as const;

/** All keys that the API knows. */
export const alibabaKeys: readonly AlibabaKeys[] = [
  alibabaAccounts.keys,
  alibabaAccounts.weakKeys,
];
