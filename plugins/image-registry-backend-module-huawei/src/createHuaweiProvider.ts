import {
  parseRegistryAddress,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { isRegion } from './addresses';
import { huaweiDescriptor } from './descriptor';
import { HuaweiClient } from './HuaweiClient';
import { placeOf, REGION_OPTION } from './place';
import { huaweiWebhook } from './webhook';

/** The API's own host, which people take for that of the registry. */
const API_HOST = /^swr-api\.([a-z0-9-]+\.myhuaweicloud\.(?:com|eu|cn))$/;

/** Huawei Cloud SWR, basic and Enterprise Edition. */
export function createHuaweiProvider(): RegistryProvider {
  return {
    descriptor: huaweiDescriptor,
    webhook: huaweiWebhook,
    normalizeAddress,
    validate,
    connect: connection => HuaweiClient.create(connection),
  };
}

/** Images have an organization and a name below the host, the registry has no path. */
function normalizeAddress(address: string): string {
  const { url } = parseRegistryAddress(address);
  const { hostname, origin } = new URL(url);
  const [, rest] = API_HOST.exec(hostname) ?? [];
  if (rest) {
    return `https://swr.${rest}`;
  }
  return /\.myhuaweicloud\.(com|eu|cn)$/.test(hostname) ? origin : url;
}

function validate({
  address,
  credentials,
  options,
}: Parameters<NonNullable<RegistryProvider['validate']>>[0]): Record<
  string,
  Reason
> {
  const typed = options[REGION_OPTION];
  if (typeof typed === 'string' && typed !== '' && !isRegion(typed.trim())) {
    return {
      [`options.${REGION_OPTION}`]: because(
        'huawei-region-invalid',
        'is not the name of a region, such as cn-north-4',
      ),
    };
  }
  const hasKeys = Boolean(credentials?.accessKey);
  const isKnown =
    URL.canParse(address) && placeOf({ address, options }).region !== undefined;
  return hasKeys && !isKnown
    ? {
        [`options.${REGION_OPTION}`]: because(
          'huawei-region-needed',
          'is needed: the address of an Enterprise instance does not tell it',
        ),
      }
    : {};
}
