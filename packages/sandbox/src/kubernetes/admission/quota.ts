import { AnyObject, Container, Pod, StringMap } from '../objects';
import { pods, resourceQuotas } from '../resources/kinds';
import { StatusError, detailsOf } from '../status';
import { ObjectStore } from '../storage/object-store';
import { amountOf } from './pod-validation';

/**
 * Refuses a pod that a ResourceQuota of its namespace has no room for
 * (recorded: 07c).
 *
 * @throws StatusError 403
 */
export function assertWithinQuota(store: ObjectStore, pod: AnyObject): void {
  const { namespace = '', name } = pod.metadata;
  for (const quota of store.list(resourceQuotas, namespace)) {
    const hard = hardOf(quota);
    const used = usedBy(store, namespace, hard);
    const asked = demandOf(pod as unknown as Pod, hard);
    const over = Object.keys(hard).filter(
      resource => used[resource] + asked[resource] > amountOf(hard[resource]),
    );
    if (over.length > 0) {
      const list = (amounts: { [resource: string]: number | string }) =>
        over.map(resource => `${resource}=${amounts[resource]}`).join(',');
      throw new StatusError(
        403,
        'Forbidden',
        `pods "${name}" is forbidden: exceeded quota: ${
          quota.metadata.name
        }, requested: ${list(asked)}, used: ${list(used)}, limited: ${list(
          hard,
        )}`,
        detailsOf(pods, 'pods', name),
      );
    }
  }
}

/** A quota with its `status`, as its controller would have counted. */
export function withQuotaStatus(
  store: ObjectStore,
  quota: AnyObject,
): AnyObject {
  const hard = hardOf(quota);
  const used = usedBy(store, quota.metadata.namespace ?? '', hard);
  return {
    ...quota,
    status: {
      hard,
      used: Object.fromEntries(
        Object.entries(used).map(([resource, amount]) => [
          resource,
          String(amount),
        ]),
      ),
    },
  };
}

function hardOf(quota: AnyObject): StringMap {
  return ((quota.spec as { hard?: StringMap } | undefined)?.hard ??
    {}) as StringMap;
}

function usedBy(
  store: ObjectStore,
  namespace: string,
  hard: StringMap,
): { [resource: string]: number } {
  const running = store
    .list<Pod>(pods, namespace)
    .filter(({ status }) => !/Succeeded|Failed/.test(status.phase ?? ''));
  return Object.fromEntries(
    Object.keys(hard).map(resource => [
      resource,
      running.reduce(
        (sum, pod) => sum + demandOf(pod, { [resource]: '' })[resource],
        0,
      ),
    ]),
  );
}

function demandOf(pod: Pod, hard: StringMap): { [resource: string]: number } {
  return Object.fromEntries(
    Object.keys(hard).map(resource => [resource, demandFor(pod, resource)]),
  );
}

/** Only pods are counted; of other resources the sandbox says nothing used. */
function demandFor({ spec }: Pod, resource: string): number {
  if (resource === 'pods' || resource === 'count/pods') {
    return 1;
  }
  const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(resource);
  return match
    ? spec.containers.reduce(
        (sum, container) =>
          sum + amountIn(container, match[1] ?? 'requests', match[2]),
        0,
      )
    : 0;
}

function amountIn(
  container: Container,
  group: string,
  resource: string,
): number {
  const resources = (container.resources ?? {}) as {
    [group: string]: { [resource: string]: string | number } | undefined;
  };
  return amountOf(
    resources[group]?.[resource] ?? resources.limits?.[resource] ?? '0',
  );
}
