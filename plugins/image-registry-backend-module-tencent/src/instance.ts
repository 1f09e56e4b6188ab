import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { TencentApi } from './api';
import { TITLE } from './title';

/** An instance of the Enterprise Edition. */
export interface TencentInstance {
  /** Such as `tcr-0a1b2c3d`. */
  id: string;
  /** Such as `ap-guangzhou`. */
  region: string;
}

/** What of an instance's entry is used. */
interface RegistryEntry {
  RegistryId?: unknown;
  RegistryName?: unknown;
  RegionName?: unknown;
  PublicDomain?: unknown;
  Status?: unknown;
}

const ENTERPRISE_HOST = /^([a-z0-9-]+?)(?:-vpc)?\.tencentcloudcr\.com$/;
const PERSONAL_HOST = /^([a-z]*)ccr\.ccs\.tencentyun\.com$/;

/** Where calls go that hold for all regions. */
const ANY_REGION = 'ap-guangzhou';

/** By what stands before `ccr` in the host. */
const personalRegions: Readonly<Record<string, string>> = {
  '': ANY_REGION,
  hk: 'ap-hongkong',
  sg: 'ap-singapore',
  us: 'na-siliconvalley',
};

/** Region of the Personal Edition at a host; undefined for any other host. */
export function personalRegionOf(host: string): string | undefined {
  const prefix = PERSONAL_HOST.exec(host)?.[1];
  return prefix === undefined
    ? undefined
    : personalRegions[prefix] ?? ANY_REGION;
}

/**
 * Finds the instance that a domain belongs to, in whatever region it is.
 *
 * @param operation - what the instance is needed for, for the sentence of an
 * error
 * @throws RegistryError when the account has none of that domain, or it does
 * not run
 */
export async function findInstance(
  api: TencentApi,
  host: string,
  operation: string,
  { priority, signal }: RegistryCallOptions,
): Promise<TencentInstance> {
  const name = ENTERPRISE_HOST.exec(host)?.[1];
  if (name === undefined) {
    throw failure('unsupported', operation, `${host} is a domain of your own`, {
      hint: advise(
        'tencent-instance-address',
        'Enter the address of the instance, such as name.tencentcloudcr.com, and your own domain as the pull address',
      ),
    });
  }
  const { Registries } = await api.call<{ Registries?: unknown }>({
    action: 'DescribeInstances',
    region: ANY_REGION,
    parameters: {
      AllRegion: true,
      Filters: [{ Name: 'RegistryName', Values: [name] }],
      Limit: 100,
      Offset: 0,
    },
    operation,
    priority,
    signal,
  });
  const entries: RegistryEntry[] = Array.isArray(Registries) ? Registries : [];
  const found = entries.find(
    entry =>
      entry?.PublicDomain === `${name}.tencentcloudcr.com` ||
      entry?.RegistryName === name,
  );
  const { RegionName: region, RegistryId: id, Status: status } = found ?? {};
  if (typeof id !== 'string' || typeof region !== 'string') {
    throw failure(
      'not-found',
      operation,
      `the account of the API key has no instance named ${name}`,
      {
        hint: advise(
          'tencent-check-account',
          'Check the address, and that the key is of the same account',
        ),
      },
    );
  }
  if (typeof status === 'string' && status !== 'Running') {
    throw failure(
      'server-error',
      operation,
      `the instance ${name} is ${status}`,
      {
        hint: advise(
          'tencent-check-instance',
          'Look after the instance in the Container Registry console',
        ),
      },
    );
  }
  return { id, region };
}

function failure(
  code: 'unsupported' | 'not-found' | 'server-error',
  operation: string,
  because: string,
  details: { hint: Reason },
): RegistryError {
  return new RegistryError(
    code,
    `${TITLE}: could not ${operation}: ${because}`,
    details,
  );
}
