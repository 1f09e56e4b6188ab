/** `swr.cn-north-4.myhuaweicloud.com`, of the basic edition. */
const BASIC_HOST = /^swr\.([a-z0-9-]+)\.myhuaweicloud\.(?:com|eu|cn)$/;

/** `name-abc123.swr-pro[.region].myhuaweicloud.com`, of an Enterprise instance. */
const ENTERPRISE_HOST =
  /^[a-z0-9-]+\.swr-pro(?:\.([a-z0-9-]+))?\.myhuaweicloud\.(?:com|eu|cn)$/;

/** Hosts that tell their region, by the last group. */
export const regionPatterns = [BASIC_HOST, ENTERPRISE_HOST].map(
  ({ source }) => source,
);

/** A region's name, which becomes a part of the API's host. */
const REGION = /^[a-z]{2}(-[a-z0-9]+)+$/;

/** Which of the editions is at a host; anything unknown is taken for Enterprise. */
export function editionOf(host: string): 'basic' | 'enterprise' {
  return BASIC_HOST.test(host) ? 'basic' : 'enterprise';
}

/** Region of an address; most Enterprise instances do not tell it. */
export function regionOf(host: string): string | undefined {
  return BASIC_HOST.exec(host)?.[1] ?? ENTERPRISE_HOST.exec(host)?.[1];
}

/** True for what can be a region's name. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/** The last part of the vendor's domain, which differs in Europe. */
function domainOf(host: string): string {
  return (
    /\.(myhuaweicloud\.(?:com|eu|cn))$/.exec(host)?.[1] ?? 'myhuaweicloud.com'
  );
}

/**
 * Host of the registry's API in a region.
 * https://developer.huaweicloud.com/intl/en-us/endpoint?SWR
 */
export function apiHost(region: string, registryHost: string): string {
  return `swr-api.${region}.${domainOf(registryHost)}`;
}

/** Host of IAM in a region, which knows the ids of projects. */
export function iamHost(region: string, registryHost: string): string {
  return `iam.${region}.${domainOf(registryHost)}`;
}
