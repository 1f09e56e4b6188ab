import {
  advise,
  parseChallenges,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from './title';

/** Which registry answers at an address. */
export interface AlibabaInstance {
  edition: 'personal' | 'enterprise';
  /** Such as `cn-hangzhou`. */
  region: string;
  /** Such as `cri-0123456789abcdef`; of the Enterprise Edition only. */
  instanceId?: string;
}

/** `cn-hangzhou`, `ap-southeast-1`; two letters first, so never a bucket's host. */
const REGION = /^[a-z]{2}(-[a-z0-9]+)+$/;
const INSTANCE = /^cri-[a-z0-9]+$/;

/**
 * Reads what a challenge's `service` says: `registry.aliyuncs.com:<region>:…`,
 * with the id of the instance somewhere behind for the Enterprise Edition.
 *
 * @returns undefined when it is not of this vendor
 */
export function parseService(
  service: string | undefined,
): AlibabaInstance | undefined {
  const [name, region = '', ...rest] = (service ?? '').split(':');
  if (name !== 'registry.aliyuncs.com' || !REGION.test(region)) {
    return undefined;
  }
  const instanceId = rest.find(part => INSTANCE.test(part));
  return instanceId
    ? { edition: 'enterprise', region, instanceId }
    : { edition: 'personal', region };
}

/**
 * Asks the registry which one it is, by its first challenge.
 * @throws RegistryError when it is none of Alibaba Cloud's
 */
export async function findInstance(
  { address, http }: Pick<RegistryConnection, 'address' | 'http'>,
  { priority, signal }: RegistryCallOptions,
): Promise<AlibabaInstance> {
  const operation = 'find out region and instance';
  const response = await http.request({
    url: `${address}/v2/`,
    operation,
    priority,
    signal,
    maxRedirects: 0,
    maxBytes: 64 * 1024,
    acceptStatuses: [401],
  });
  const instance = instanceOf(response.headers['www-authenticate']);
  if (!instance) {
    throw new RegistryError(
      'invalid-response',
      `${TITLE}: could not ${operation} at ${
        new URL(address).host
      }: it does not answer as a registry of Alibaba Cloud does`,
      {
        hint: advise(
          'check-address-or-kind',
          'Check the address, or choose another kind of registry',
        ),
        status: response.status,
      },
    );
  }
  return instance;
}

/** The first challenge of this vendor among those of a header. */
export function instanceOf(
  header: string | undefined,
): AlibabaInstance | undefined {
  try {
    return parseChallenges(header)
      .filter(({ scheme }) => scheme === 'bearer')
      .map(({ parameters }) => parseService(parameters.service))
      .find(Boolean);
  } catch {
    return undefined;
  }
}
