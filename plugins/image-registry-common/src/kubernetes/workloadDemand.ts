import type { WorkloadPlan } from '../api/workloads';
import { formatQuantity, parseQuantity } from './quantity';

/**
 * What a plan adds to its namespace, by the names that ResourceQuotas use
 * (https://kubernetes.io/docs/concepts/policy/resource-quotas/).
 */
export function workloadDemand(plan: WorkloadPlan): Record<string, string> {
  const { replicas, requests, limits, volumes } = plan;
  const claims = volumes.filter(({ create }) => create);
  const demand: Record<string, string | undefined> = {
    pods: String(replicas),
    'count/pods': String(replicas),
    'count/deployments.apps': '1',
    'requests.cpu': times(requests?.cpu ?? limits?.cpu, replicas),
    'requests.memory': times(requests?.memory ?? limits?.memory, replicas),
    'limits.cpu': times(limits?.cpu, replicas),
    'limits.memory': times(limits?.memory, replicas),
    services: plan.service ? '1' : undefined,
    'count/services': plan.service ? '1' : undefined,
    'count/ingresses.networking.k8s.io': plan.ingress ? '1' : undefined,
    persistentvolumeclaims:
      claims.length > 0 ? String(claims.length) : undefined,
    'requests.storage':
      claims.length > 0
        ? sum(claims.map(({ create }) => create?.size ?? '0'))
        : undefined,
  };
  // Quotas know the two by their short names as well.
  demand.cpu = demand['requests.cpu'];
  demand.memory = demand['requests.memory'];
  return Object.fromEntries(
    Object.entries(demand).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

function times(
  amount: string | undefined,
  replicas: number,
): string | undefined {
  const one = amount === undefined ? undefined : parseQuantity(amount);
  return one === undefined ? undefined : formatQuantity(one * BigInt(replicas));
}

function sum(amounts: readonly string[]): string {
  return formatQuantity(
    amounts.reduce((total, text) => total + (parseQuantity(text) ?? 0n), 0n),
  );
}
