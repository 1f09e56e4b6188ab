import {
  catalogInfo,
  CreatedWorkload,
  FieldProblem,
  manifestYaml,
  workloadManifests,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import { StoredCreation } from './CreationStore';
import { Prepared, toCatalog } from './prepareWorkload';

/** What every answer says of a plan. */
export function answerOf({ entityRef, entity, image }: Prepared) {
  return { entityRef, image, catalogInfo: catalogInfo(toCatalog(entity)) };
}

/** The refusal for these problems; undefined: there are none. */
export function refusedFor(
  prepared: Prepared,
  problems: FieldProblem[],
): CreatedWorkload | undefined {
  return problems.length === 0
    ? undefined
    : { ...answerOf(prepared), outcome: 'refused', objects: [], problems };
}

/** As it was answered before, from what was stored and the same plan. */
export function repeated(
  earlier: StoredCreation,
  plan: WorkloadPlan,
  kubernetesId?: string,
): CreatedWorkload {
  const manifests = workloadManifests(plan, { ...earlier, kubernetesId });
  return {
    id: earlier.id,
    outcome: earlier.state === 'creating' ? 'partial' : earlier.state,
    entityRef: earlier.entityRef,
    image: earlier.image,
    catalogInfo: catalogInfo(earlier.entity),
    problems: earlier.objects.flatMap(({ reason }) =>
      reason ? [{ path: '', reason }] : [],
    ),
    objects: earlier.objects.map((object, index) => ({
      ...object,
      manifest: manifests[index] ? manifestYaml(manifests[index]) : '',
      warnings: [],
    })),
  };
}
