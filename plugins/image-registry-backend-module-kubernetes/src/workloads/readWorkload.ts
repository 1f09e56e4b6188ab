import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { FoundContainer, findContainer } from './containers';
import { WorkloadObject } from './objects';
import { workloadPath } from './paths';
import { TemplateSource, templateSource, withReferenced } from './referenced';
import { WorkloadType } from './WorkloadType';
import { workloadTypes } from './workloadTypes';

/** A workload read now, with the container that a target names. */
export interface ReadWorkload extends FoundContainer {
  type: WorkloadType;
  workload: WorkloadObject;
  /** Where its template is written. */
  source: TemplateSource;
}

/**
 * Reads the workload of a target.
 * @throws DriverError `not-found` when it or its container does not exist
 */
export async function readWorkload(
  client: ClusterClient,
  target: TargetRef,
  signal?: AbortSignal,
): Promise<ReadWorkload> {
  const type = workloadTypes[target.kind];
  const read = await client.json<WorkloadObject>({
    path: workloadPath(type, target),
    signal,
  });
  const workload = await withReferenced(client, read, signal);
  const found = findContainer(type.podSpec(workload), target.container);
  if (!found) {
    throw new DriverError(
      'not-found',
      `${target.kind} ${target.namespace}/${target.name} in cluster ${target.cluster} has no container "${target.container}".`,
    );
  }
  return { type, workload, source: templateSource(type, workload), ...found };
}
