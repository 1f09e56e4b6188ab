/** Where the security token service for a cluster is. */
export interface EksRegion {
  region: string;
  /** Host of the region's security token service. */
  stsHost: string;
}

/** As of Backstage's own Kubernetes plugin. */
const DEFAULT_REGION = 'us-east-1';

/** `<id>.<shard>.<region>.eks.amazonaws.com`, and that of China. */
const IPV4_HOST = /\.([a-z0-9-]+)\.eks\.amazonaws\.com(?:\.cn)?$/;

/** `<id>.<shard>.eks-cluster.<region>.api.aws`, of clusters with IPv6. */
const DUAL_STACK_HOST =
  /\.eks-cluster\.([a-z0-9-]+)\.api\.(?:aws|amazonwebservices\.com\.cn)$/;

/**
 * The region that an EKS cluster's address names, else that of the backend.
 * EKS only takes tokens that were signed for a service of its own partition.
 *
 * @param server - address of the API server
 * @param fallback - region of the backend, for clusters behind another address
 */
export function eksRegion(server: string, fallback?: string): EksRegion {
  const { hostname } = new URL(server);
  const region =
    (IPV4_HOST.exec(hostname) ?? DUAL_STACK_HOST.exec(hostname))?.[1] ??
    fallback ??
    DEFAULT_REGION;
  const suffix = region.startsWith('cn-')
    ? 'amazonaws.com.cn'
    : 'amazonaws.com';
  return { region, stsHost: `sts.${region}.${suffix}` };
}
