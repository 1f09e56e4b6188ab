import {
  formatQuantity,
  parseQuantity,
} from '@slipway/backstage-plugin-image-registry-common';
import { QuotaDemand } from '@slipway/backstage-plugin-image-registry-node';
import { Container, PodSpec } from '../workloads/objects';

const counted = ['cpu', 'memory', 'ephemeral-storage'] as const;

type AmountOf = (container: Container, resource: string) => string | undefined;

const limitOf: AmountOf = ({ resources }, resource) =>
  resources?.limits?.[resource];

/** A limit without a request is a request, too. */
const requestOf: AmountOf = (container, resource) =>
  container.resources?.requests?.[resource] ?? limitOf(container, resource);

/**
 * What one pod counts for in quotas: the sum over its containers, or what one
 * init container asks for where that is more
 * (https://kubernetes.io/docs/concepts/workloads/pods/init-containers/).
 */
export function podDemand(podSpec: PodSpec): QuotaDemand {
  const demand: Record<string, string> = { pods: '1', 'count/pods': '1' };
  for (const resource of counted) {
    const requested = total(podSpec, resource, requestOf);
    const limited = total(podSpec, resource, limitOf);
    if (requested !== undefined) {
      demand[`requests.${resource}`] = requested;
      // Quotas know requests by their short names as well.
      demand[resource] = requested;
    }
    if (limited !== undefined) {
      demand[`limits.${resource}`] = limited;
    }
  }
  return demand;
}

function total(
  { containers, initContainers }: PodSpec,
  resource: string,
  amountOf: AmountOf,
): string | undefined {
  const amounts = (list: Container[] | null | undefined) =>
    (list ?? []).flatMap(container => {
      const text = amountOf(container, resource);
      const amount = text === undefined ? undefined : parseQuantity(text);
      return amount === undefined ? [] : [amount];
    });
  const running = amounts(containers);
  const starting = amounts(initContainers);
  if (running.length + starting.length === 0) {
    return undefined;
  }
  const sum = running.reduce((all, amount) => all + amount, 0n);
  const most = starting.reduce((a, b) => (a > b ? a : b), 0n);
  return formatQuantity(sum > most ? sum : most);
}
