import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  WorkloadQuery,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { UsableCluster } from '../clusters';
import { TargetSearch } from './TargetSearch';

/** What one cluster gave, and what it refused. */
export interface FoundTargets {
  targets: WorkloadTarget[];
  /** True when it answered at least one of the questions. */
  reachable: boolean;
  /** What is missing from the answer, in words. */
  message?: string;
  /** The same, for translation. */
  because?: Reason;
  /** True when something is missing because the deadline was over. */
  late: boolean;
}

/** What bounds a search. */
export interface SearchLimits {
  deadlineMs: number;
  signal?: AbortSignal;
}

/** Finds the targets of a query in one cluster; never throws but an abort. */
export async function findTargets(
  { source, client }: UsableCluster,
  query: WorkloadQuery,
  { deadlineMs, signal }: SearchLimits,
): Promise<FoundTargets> {
  const labelSelector = selectorOf(query);
  const namespaces = namespacesOf(source.namespaces, query.namespace);
  if (labelSelector === undefined || namespaces.length === 0) {
    return { targets: [], reachable: true, late: false };
  }
  const search = new TargetSearch(client, deadlineMs, signal);
  const found = await search.workloads(
    labelSelector,
    namespaces,
    query.workload,
  );
  const targets = await search.targets(found);
  signal?.throwIfAborted();
  return {
    targets,
    reachable: search.answered,
    message: search.message,
    because: search.because,
    late: search.late,
  };
}

/** @returns undefined when the component is bound to nothing */
export function selectorOf(query: WorkloadQuery): string | undefined {
  return (
    query.labelSelector ??
    (query.kubernetesId && `backstage.io/kubernetes-id=${query.kubernetesId}`)
  );
}

/** `undefined` in the list stands for the whole cluster. */
export function namespacesOf(
  allowed: readonly string[] | undefined,
  wanted: string | undefined,
): Array<string | undefined> {
  if (allowed === undefined) {
    return [wanted];
  }
  return wanted === undefined
    ? [...allowed]
    : allowed.filter(name => name === wanted);
}
