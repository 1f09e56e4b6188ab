import {
  Entity,
  getCompoundEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  componentEntity,
  CreateWorkload,
  deploymentCreatePermission,
  FieldProblem,
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
  workloadCreatePermission,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Access, Actor } from '../access';
import { invalidField, withRegistryErrors } from '../http';
import { RegistryService } from '../registries';
import { EnvironmentStore } from '../targets';
import { requirePlace } from './requirePlace';

/** What a plan is looked up in. */
export interface Preparation {
  access: Access;
  environments: EnvironmentStore;
  registries: RegistryService;
}

/** A plan with everything that was looked up for it. */
export interface Prepared {
  plan: WorkloadPlan;
  entityRef: string;
  entity: Entity;
  /** The catalog has the component already, and it is given a workload. */
  existed: boolean;
  kubernetesId: string;
  /** Host and path, without tag and digest, that clusters pull from. */
  repository: string;
  digest: string;
  /** By digest, as it is written. */
  image: string;
}

/** The plan alone, without what the request asks beside it. */
export function planOf({
  dryRun: _,
  resume: __,
  ...plan
}: CreateWorkload): WorkloadPlan {
  return plan;
}

/** Relations are the catalog's to make. */
export function toCatalog({ relations: _, ...entity }: Entity): Entity {
  return entity;
}

/**
 * Finds out whose the component is, whether it may be there and use the image,
 * and what the image's tag means now.
 * @throws NotAllowedError, NotFoundError, InputError or a registry's failure
 */
export async function prepareWorkload(
  { access, environments, registries }: Preparation,
  actor: Actor,
  request: CreateWorkload,
): Promise<Prepared> {
  await access.require(actor, workloadCreatePermission);
  const plan = planOf(request);
  const { registryId, repository, tag, digest } = plan.image;
  const registry = await registries.get(registryId);
  const pulled = registries.pullReference(registry, { repository });
  const entity = plan.component
    ? await access.requireEntity(
        actor,
        plan.component,
        deploymentCreatePermission,
      )
    : plannedEntity(plan, pulled);
  access.requireOwnership(actor, entity);
  await requirePlace(entity, plan.place, await environments.list(), ref =>
    access.entity(ref),
  );
  if (!registries.isGranted(registry, repository, entity)) {
    throw refusal(
      NotAllowedError,
      because(
        'image-not-granted-to',
        `${repository} of ${registry.name} is not granted to ${plan.owner}`,
        { repository, registry: registry.name, owner: plan.owner },
      ),
    );
  }
  const reference = digest ?? tag;
  if (!reference) {
    throw invalidField(
      'image',
      because('tag-or-digest-needed', 'give a tag or a digest'),
    );
  }
  const resolved = await withRegistryErrors(async () =>
    (
      await registries.client(registryId)
    ).resolve(repository, reference, {
      priority: 'interactive',
    }),
  );
  return {
    plan,
    entity,
    entityRef: stringifyEntityRef(entity),
    existed: plan.component !== undefined,
    kubernetesId: kubernetesIdOf(entity),
    repository: pulled,
    digest: resolved.digest,
    image: registries.pullReference(registry, {
      repository,
      tag,
      digest: resolved.digest,
    }),
  };
}

/** As the catalog would relate it, for rules that ask for owner and system. */
function plannedEntity(plan: WorkloadPlan, repository: string): Entity {
  return {
    ...componentEntity(plan, repository),
    relations: [
      { type: RELATION_OWNED_BY, targetRef: plan.owner.toLowerCase() },
      ...(plan.system
        ? [{ type: RELATION_PART_OF, targetRef: plan.system.toLowerCase() }]
        : []),
    ],
  };
}

function kubernetesIdOf({ metadata }: Entity): string {
  return metadata.annotations?.[KUBERNETES_ID_ANNOTATION] ?? metadata.name;
}

/**
 * Why a component of the catalog would not find its new workload: its own
 * annotations look for it elsewhere.
 */
export function unfindable({ entity, plan }: Prepared): FieldProblem[] {
  const annotations = entity.metadata.annotations ?? {};
  const component = getCompoundEntityRef(entity).name;
  const selector = annotations[KUBERNETES_LABEL_SELECTOR_ANNOTATION];
  const elsewhere = (
    [
      [KUBERNETES_CLUSTER_ANNOTATION, 'cluster'],
      [KUBERNETES_NAMESPACE_ANNOTATION, 'namespace'],
    ] as const
  ).filter(
    ([annotation, part]) =>
      annotations[annotation] !== undefined &&
      annotations[annotation] !== plan.place[part],
  );
  return [
    ...(selector
      ? [
          {
            path: '',
            reason: {
              code: 'component-selects-otherwise',
              message: `${component} finds its workloads by ${selector}, which a new one would not fit; remove the annotation ${KUBERNETES_LABEL_SELECTOR_ANNOTATION}`,
              params: {
                component,
                selector,
                annotation: KUBERNETES_LABEL_SELECTOR_ANNOTATION,
              },
            },
          },
        ]
      : []),
    ...elsewhere.map(([annotation, part]) => ({
      path: `place.${part}`,
      reason: {
        code: 'component-is-elsewhere',
        message: `${component} looks for its workloads in ${annotations[annotation]} only; choose that, or change the annotation ${annotation}`,
        params: { component, place: annotations[annotation], annotation },
      },
    })),
  ];
}
