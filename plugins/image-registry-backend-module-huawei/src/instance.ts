import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { apiHost, iamHost } from './addresses';
import { HuaweiApi } from './api';
import { TITLE } from './title';

/** An instance of the Enterprise Edition. */
export interface HuaweiInstance {
  id: string;
  projectId: string;
  /** Of the region's API. */
  apiHost: string;
}

/** What of an instance's entry is used. */
interface InstanceEntry {
  id?: unknown;
  access_address?: unknown;
  status?: unknown;
}

/** Where an instance is looked for. */
export interface InstanceAddress {
  host: string;
  region: string;
}

/** The most that `limit` may be. */
const PAGE_SIZE = 100;

/**
 * The project of a region, which paths of the Enterprise Edition begin with.
 * @throws RegistryError when the account has none there
 */
export async function findProject(
  api: HuaweiApi,
  { host, region }: InstanceAddress,
  operation: string,
  { priority, signal }: RegistryCallOptions,
): Promise<string> {
  const response = await api.call({
    method: 'GET',
    host: iamHost(region, host),
    path: '/v3/projects',
    query: { name: region },
    operation,
    permission: 'iam:projects:listProjects',
    priority,
    signal,
  });
  const { projects } =
    response.json<{ projects?: unknown } | undefined>() ?? {};
  const found = (Array.isArray(projects) ? projects : []).find(
    project => project?.name === region,
  );
  if (typeof found?.id !== 'string') {
    throw failure(
      'not-found',
      operation,
      `the account of the access key has no project in the region ${region}`,
      advise(
        'huawei-find-region',
        'Check the region: the console shows it beside the instance',
      ),
    );
  }
  return found.id;
}

/**
 * Finds the instance that a domain belongs to.
 * @throws RegistryError when the region has none of that domain, or it does
 * not run
 */
export async function findInstance(
  api: HuaweiApi,
  { host, region }: InstanceAddress,
  projectId: string,
  operation: string,
  { priority, signal }: RegistryCallOptions,
): Promise<HuaweiInstance> {
  const ownHost = apiHost(region, host);
  const response = await api.call({
    method: 'GET',
    host: ownHost,
    path: `/v2/${projectId}/instances`,
    query: { limit: PAGE_SIZE, offset: 0 },
    projectId,
    operation,
    permission: 'swr:instance:list',
    priority,
    signal,
  });
  const { instances } =
    response.json<{ instances?: unknown } | undefined>() ?? {};
  const entries: InstanceEntry[] = Array.isArray(instances) ? instances : [];
  const found = entries.find(
    entry =>
      typeof entry?.access_address === 'string' &&
      entry.access_address.replace(/^https?:\/\/|\/+$/g, '') === host,
  );
  if (typeof found?.id !== 'string') {
    throw failure(
      'not-found',
      operation,
      `the account has no instance at ${host} in the region ${region}`,
      advise(
        'huawei-check-region',
        'Check address and region. Of a domain of your own enter the default domain of the instance, and your own one as the pull address',
      ),
    );
  }
  if (typeof found.status === 'string' && found.status !== 'Running') {
    throw failure(
      'server-error',
      operation,
      `the instance is ${found.status}`,
      advise(
        'huawei-check-instance',
        'Look after the instance in the SWR console',
      ),
    );
  }
  return { id: found.id, projectId, apiHost: ownHost };
}

function failure(
  code: 'not-found' | 'server-error',
  operation: string,
  because: string,
  hint: Reason,
): RegistryError {
  return new RegistryError(
    code,
    `${TITLE}: could not ${operation}: ${because}`,
    { hint },
  );
}
