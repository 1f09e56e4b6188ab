/** An API key of a CAM user, with what CAM lets it do. */
export interface TencentKey {
  secretId: string;
  secretKey: string;
  /** CAM actions such as `tcr:DescribeImages`; `*` for all. */
  actions: readonly string[];
}

/** What signs in at the simulated Tencent Cloud. */
export const tencentAccounts = {
  /** May do everything in the registry. */
  key: {
    secretId: 'AKIDSandboxPortal0001',
    secretKey: 'TencentSandboxKeyOfPortal0001',
    actions: ['*'],
  },
  /** May find the instance, and nothing in it. */
  weakKey: {
    secretId: 'AKIDSandboxWeak000001',
    secretKey: 'TencentSandboxKeyOfWeak000001',
    actions: ['tcr:DescribeInstances'],
  },
  /** A long-term access credential of the instance, and the login of the Personal Edition. */
  docker: { username: '100012345678', password: 'tencent-long-term-token' },
} as const;

/** All keys that the API knows. */
export const tencentKeys: readonly TencentKey[] = [
  tencentAccounts.key,
  tencentAccounts.weakKey,
];
