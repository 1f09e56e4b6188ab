import { ClusterClient } from '../clusters';
import { deployment } from './deployment';
import { WorkloadObject } from './objects';
import { workloadPath } from './paths';
import { WorkloadType } from './WorkloadType';

/** Where a workload's template is written. */
export interface TemplateSource {
  type: WorkloadType;
  workload: WorkloadObject;
}

/** The Deployment that a Rollout has its template from. */
export function referencedDeployment({
  spec,
}: WorkloadObject): string | undefined {
  return spec.workloadRef?.kind === 'Deployment'
    ? spec.workloadRef.name
    : undefined;
}

/**
 * Adds what the workload refers to, read now.
 * @throws DriverError `not-found` when that does not exist
 */
export async function withReferenced(
  client: ClusterClient,
  workload: WorkloadObject,
  signal?: AbortSignal,
): Promise<WorkloadObject> {
  const name = referencedDeployment(workload);
  if (name === undefined) {
    return workload;
  }
  const { namespace } = workload.metadata;
  const referenced = await client.json<WorkloadObject>({
    path: workloadPath(deployment, { namespace, name }),
    signal,
  });
  return { ...workload, referenced };
}

/** The object that holds the template: the workload or what it refers to. */
export function templateSource(
  type: WorkloadType,
  workload: WorkloadObject,
): TemplateSource {
  return workload.referenced
    ? { type: deployment, workload: workload.referenced }
    : { type, workload };
}
