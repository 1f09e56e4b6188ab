/** A kind of registry that a backend module adds. */
export interface ProviderModule {
  /** Id of the provider that the module adds. */
  provider: string;
  title: string;
  /** Hosts (exact or `*.suffix`) from which this kind is suggested. */
  hosts: string[];
  packageName: string;
}

/**
 * The modules of this suite, so that a kind that is not installed can be
 * offered with the line that installs it.
 */
export const providerModules: readonly ProviderModule[] = [
  {
    provider: 'alibaba-acr',
    title: 'Alibaba Cloud Container Registry',
    hosts: ['*.aliyuncs.com'],
    packageName:
      '@slipway/backstage-plugin-image-registry-backend-module-aliyun',
  },
  {
    provider: 'tencent-tcr',
    title: 'Tencent Container Registry',
    hosts: [
      '*.tencentcloudcr.com',
      'ccr.ccs.tencentyun.com',
      '*.ccs.tencentyun.com',
    ],
    packageName:
      '@slipway/backstage-plugin-image-registry-backend-module-tencent',
  },
  {
    provider: 'huawei-swr',
    title: 'Huawei Cloud SWR',
    hosts: ['*.myhuaweicloud.com', '*.myhuaweicloud.eu'],
    packageName:
      '@slipway/backstage-plugin-image-registry-backend-module-huawei',
  },
  {
    provider: 'amazon-ecr',
    title: 'Amazon ECR',
    hosts: [
      '*.amazonaws.com',
      '*.amazonaws.com.cn',
      '*.on.aws',
      '*.on.amazonwebservices.com.cn',
      'public.ecr.aws',
    ],
    packageName: '@slipway/backstage-plugin-image-registry-backend-module-aws',
  },
  {
    provider: 'google-artifact-registry',
    title: 'Google Artifact Registry',
    hosts: ['*.pkg.dev', 'gcr.io', '*.gcr.io'],
    packageName:
      '@slipway/backstage-plugin-image-registry-backend-module-google',
  },
];
