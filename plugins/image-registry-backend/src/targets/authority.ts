import {
  DEFAULT_NAMESPACE,
  Entity,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  Environment,
  KUBERNETES_ID_ANNOTATION,
  Reason,
  WORKLOAD_COMPONENT_ANNOTATION,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { ownersOf } from '../access';

/** Whether the portal may write a target for a component, and if not, why. */
export type Writable = { ok: boolean; reason?: Reason };

/** @throws NotAllowedError saying what would have to agree */
export function requireWritable({ ok, reason }: Writable): void {
  if (!ok) {
    throw refusal(
      NotAllowedError,
      reason ??
        because('target-not-yours', 'This target is not the component’s'),
    );
  }
}

/** The systems that a component says it is part of, in lower case. */
function systemsOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(
      relation =>
        relation.type === RELATION_PART_OF &&
        relation.targetRef.toLowerCase().startsWith('system:'),
    )
    .map(relation => relation.targetRef.toLowerCase());
}

/**
 * Systems of a component that environments name and whose owners own the
 * component too.
 *
 * @param lookUp - an entity of the catalog as the portal itself sees it
 */
export async function findConfirmedSystems(
  entity: Entity,
  environments: readonly Environment[],
  lookUp: (entityRef: string) => Promise<Entity | undefined>,
): Promise<string[]> {
  const named = environments.flatMap(({ systems }) =>
    systems.map(ref => ref.toLowerCase()),
  );
  const candidates = systemsOf(entity).filter(ref => named.includes(ref));
  const owners = ownersOf(entity);
  const confirmed = await Promise.all(
    candidates.map(async ref => {
      const system = await lookUp(ref);
      const shared =
        system && ownersOf(system).some(owner => owners.includes(owner));
      return shared ? ref : undefined;
    }),
  );
  return confirmed.filter(ref => ref !== undefined);
}

/**
 * Whether the cluster itself says that the workload is this component's. A
 * label can only hold a name, so it speaks for the default catalog namespace.
 */
function clusterAgrees(entity: Entity, workload: WorkloadTarget): boolean {
  const ref = stringifyEntityRef(entity);
  const annotated = workload.annotations[WORKLOAD_COMPONENT_ANNOTATION];
  if (annotated) {
    return annotated.toLowerCase() === ref;
  }
  const namespace = entity.metadata.namespace ?? DEFAULT_NAMESPACE;
  return (
    namespace === DEFAULT_NAMESPACE &&
    entity.kind.toLowerCase() === 'component' &&
    workload.labels[KUBERNETES_ID_ANNOTATION] === entity.metadata.name
  );
}

/**
 * A component's developers write its system too. It counts only where the
 * system's owners, who are somebody else's word, own the component as well.
 */
function environmentAgrees(
  entity: Entity,
  environment: Environment | undefined,
  confirmedSystems: readonly string[],
): boolean {
  if (!environment) {
    return false;
  }
  const owners = ownersOf(entity);
  return (
    environment.owners.some(ref => owners.includes(ref.toLowerCase())) ||
    environment.systems.some(ref =>
      confirmedSystems.includes(ref.toLowerCase()),
    )
  );
}

/**
 * A target that the component's own annotations find is not yet the
 * component's: those are written by its developers. The cluster or the
 * environment has to agree.
 *
 * @param confirmedSystems - systems of the component whose owners own it too
 */
export function writableFor(
  entity: Entity,
  workload: WorkloadTarget,
  environment: Environment | undefined,
  confirmedSystems: readonly string[],
): Writable {
  if (
    clusterAgrees(entity, workload) ||
    environmentAgrees(entity, environment, confirmedSystems)
  ) {
    return { ok: true };
  }
  const { kind, namespace, name } = workload.ref;
  const label = `${KUBERNETES_ID_ANNOTATION}=${entity.metadata.name}`;
  return {
    ok: false,
    reason: {
      code: 'not-confirmed-by-cluster',
      message: `${kind} ${namespace}/${name} does not carry the label ${label}, and its environment does not list the owner or system of ${entity.metadata.name}`,
      params: { kind, namespace, name, label, component: entity.metadata.name },
    },
  };
}
