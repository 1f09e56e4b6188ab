import {
  manifestYaml,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { ClusterClient } from '../clusters';
import { WorkloadObject } from '../workloads/objects';
import { workloadPath } from '../workloads/paths';
import { withoutLastApplied } from '../workloads/withoutLastApplied';
import { workloadTypes } from '../workloads/workloadTypes';

/** Stands where a value was. */
const HIDDEN = '(hidden)';

/**
 * A workload as its cluster has it, for people: without its state and the
 * cluster's bookkeeping. Values of environment variables are left out, because
 * secrets stand there more often than they should.
 */
export async function workloadManifest(
  client: ClusterClient,
  target: TargetRef,
  signal?: AbortSignal,
): Promise<string> {
  const type = workloadTypes[target.kind];
  const workload = await client.json<WorkloadObject>({
    path: workloadPath(type, target),
    signal,
  });
  const { managedFields: _, annotations, ...metadata } = workload.metadata;
  return manifestYaml({
    apiVersion: workload.apiVersion ?? type.apiVersion,
    kind: type.kind,
    metadata: { ...metadata, annotations: withoutLastApplied(annotations) },
    spec: withoutValues(workload.spec),
  });
}

/** The same, with the value of everything called `env` hidden. */
function withoutValues(value: unknown, inEnv = false): unknown {
  if (Array.isArray(value)) {
    return value.map(item => withoutValues(item, inEnv));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      inEnv && key === 'value' && typeof inner === 'string'
        ? [key, HIDDEN]
        : [key, withoutValues(inner, key === 'env')],
    ),
  );
}
