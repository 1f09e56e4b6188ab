import { isDockerHubHost, matchesHostPattern } from './host';

/**
 * Public registries that speak https only and serve their API at the root,
 * so that a path behind the host is always a namespace.
 */
const publicHosts: readonly string[] = [
  'ghcr.io',
  'quay.io',
  'gcr.io',
  '*.gcr.io',
  '*.pkg.dev',
  'registry.gitlab.com',
  'public.ecr.aws',
  '*.amazonaws.com',
  '*.amazonaws.com.cn',
  '*.on.aws',
  '*.azurecr.io',
  '*.azurecr.cn',
  '*.azurecr.us',
  'mcr.microsoft.com',
  'registry.k8s.io',
  'registry.access.redhat.com',
  'registry.redhat.io',
  'registry.connect.redhat.com',
  'registry.digitalocean.com',
  '*.aliyuncs.com',
  '*.tencentcloudcr.com',
  '*.tencentyun.com',
  '*.myhuaweicloud.com',
  '*.cr.volces.com',
];

/** Whether a canonical host is a known public registry. */
export function isKnownPublicHost(host: string): boolean {
  return (
    isDockerHubHost(host) ||
    publicHosts.some(pattern => matchesHostPattern(pattern, host))
  );
}
