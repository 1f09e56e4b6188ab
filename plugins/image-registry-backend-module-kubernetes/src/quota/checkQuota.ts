import {
  parseQuantity,
  QuotaAmount,
  QuotaCheck,
  WorkloadPlace,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  QuotaDemand,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { listAll } from '../workloads/listAll';
import { KubernetesObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';

interface QuotaObject extends KubernetesObject {
  spec?: {
    hard?: Record<string, string>;
    scopes?: string[];
    scopeSelector?: object;
  };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/**
 * Compares what a change adds with the quotas of its namespace. A quota with
 * scopes counts some pods only, so it is left out: the dry run and the
 * controller tell of those.
 *
 * @throws DriverError; quotas that may not be read are an answer
 */
export async function checkQuota(
  client: ClusterClient,
  { namespace }: WorkloadPlace,
  demand: QuotaDemand,
  signal?: AbortSignal,
): Promise<QuotaCheck> {
  try {
    const { items } = await listAll<QuotaObject>(client, {
      path: collectionPath('v1', 'resourcequotas', namespace),
      signal,
    });
    const amounts = items
      .filter(({ spec }) => !spec?.scopes?.length && !spec?.scopeSelector)
      .flatMap(quota => amountsOf(quota, demand));
    const over = amounts.find(({ fits }) => !fits);
    return {
      known: true,
      fits: over === undefined,
      amounts,
      ...(over && { reason: exceeded(over, namespace) }),
    };
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'forbidden') {
      throw error;
    }
    return {
      known: false,
      fits: true,
      amounts: [],
      reason: {
        code: 'quota-unreadable',
        message: `The portal may not read the quotas of namespace ${namespace}`,
        params: { namespace },
      },
    };
  }
}

function amountsOf(quota: QuotaObject, demand: QuotaDemand): QuotaAmount[] {
  const hard = quota.status?.hard ?? quota.spec?.hard ?? {};
  return Object.entries(hard).map(([resource, most]) => {
    const used = quota.status?.used?.[resource] ?? '0';
    const added = demand[resource];
    const total = amount(used) + amount(added ?? '0');
    return {
      quota: quota.metadata.name,
      resource,
      hard: most,
      used,
      added,
      // What was over before does not hinder what adds nothing.
      fits: added === undefined || total <= amount(most),
    };
  });
}

function amount(text: string): bigint {
  return parseQuantity(text) ?? 0n;
}

function exceeded(
  { quota, resource, hard, used, added = '0' }: QuotaAmount,
  namespace: string,
) {
  return {
    code: 'quota-exceeded',
    message: `Quota ${quota} of namespace ${namespace} has no room: ${resource} ${used} of ${hard} is used, ${added} more is needed`,
    params: { quota, namespace, resource, used, hard, added },
  };
}
