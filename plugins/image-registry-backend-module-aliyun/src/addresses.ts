/** Parts of the host names of both editions, old and new. */
const HOST =
  /^(?<name>[a-z0-9-]+?)(?<network>-vpc|-internal)?\.(?<region>[a-z]{2}(?:-[a-z0-9]+)+)\.(?:personal\.cr\.|cr\.)?aliyuncs\.com$/;

interface AlibabaHost {
  region: string;
  network: 'internet' | 'vpc' | 'internal';
}

/** By what stands behind the name in the host. */
const networks: Readonly<Record<string, AlibabaHost['network']>> = {
  '': 'internet',
  '-vpc': 'vpc',
  '-internal': 'internal',
};

function parseAlibabaHost(host: string): AlibabaHost | undefined {
  const groups = HOST.exec(host)?.groups;
  return (
    groups && {
      region: groups.region,
      network: networks[groups.network ?? ''],
    }
  );
}

/** Region of an address, when its host is one of Alibaba Cloud's own. */
export function regionOf(host: string): string | undefined {
  return parseAlibabaHost(host)?.region;
}

/**
 * Host of the API: inside a VPC, when the registry is reached inside one.
 * https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-endpoint
 */
export function apiHost(region: string, registryHost: string): string {
  return parseAlibabaHost(registryHost)?.network === 'vpc'
    ? `cr-vpc.${region}.aliyuncs.com`
    : `cr.${region}.aliyuncs.com`;
}

/**
 * Token services of a region, which have hosts of their own. Of a custom
 * domain the region is not known beforehand: an operator has to trust them.
 */
export function tokenServices(registryHost: string): string[] {
  const region = regionOf(registryHost);
  return region === undefined
    ? []
    : [
        `dockerauth.${region}.aliyuncs.com`,
        `dockerauth-ee.${region}.aliyuncs.com`,
        `dockerauth-vpc.${region}.aliyuncs.com`,
        `dockerauth-ee-vpc.${region}.aliyuncs.com`,
        // Zhangjiakou writes it so.
        `dockerauth-${region}.aliyuncs.com`,
      ];
}

/** Host by which clusters in a VPC of the region pull the same images. */
export function vpcHost(registryHost: string): string | undefined {
  const parsed = parseAlibabaHost(registryHost);
  if (parsed?.network !== 'internet') {
    return undefined;
  }
  const [name, ...rest] = registryHost.split('.');
  return [`${name}-vpc`, ...rest].join('.');
}
