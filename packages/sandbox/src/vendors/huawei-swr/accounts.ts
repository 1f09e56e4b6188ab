/** Access keys of an IAM user, with what IAM lets them do. */
export interface HuaweiKeys {
  accessKey: string;
  secretKey: string;
  /** IAM actions such as `swr:repo:listRepos`; `*` for all. */
  actions: readonly string[];
}

/** What signs in at the simulated Huawei Cloud. */
export const huaweiAccounts = {
  /** May do everything in the registry. */
  keys: {
    accessKey: 'HUAWEISANDBOXPORTAL0',
    secretKey: 'HuaweiSandboxSecretOfPortal0000000000001',
    actions: ['*'],
  },
  /** May pull and see projects and instances, but list nothing in them. */
  weakKeys: {
    accessKey: 'HUAWEISANDBOXWEAK000',
    secretKey: 'HuaweiSandboxSecretOfWeak000000000000001',
    actions: ['iam:projects:listProjects', 'swr:instance:list'],
  },
} as const;

/** All keys that the API knows. */
export const huaweiKeys: readonly HuaweiKeys[] = [
  huaweiAccounts.keys,
  huaweiAccounts.weakKeys,
];
