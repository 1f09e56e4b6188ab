import {
  DEFAULT_NAMESPACE,
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  Grant,
  matchRepositoryGlob,
} from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';
import { invalidField } from '../http';

/** What everybody may use. */
export const GRANTED_TO_ALL: Grant[] = [{ to: 'all' }];

/** The domain of a system, as a full reference in lower case. */
export type DomainOf = (systemRef: string) => string | undefined;

const defaultKinds = {
  owners: 'group',
  systems: 'system',
  domains: 'domain',
} as const;

function normalized(ref: string, defaultKind: string): string | undefined {
  try {
    const full = stringifyEntityRef(
      parseEntityRef(ref, { defaultKind, defaultNamespace: DEFAULT_NAMESPACE }),
    );
    return /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(full) ? full : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Grants as they are stored: with full references in lower case.
 * @throws InputError naming a reference that is none
 */
export function normalizeGrants(grants: Grant[]): Grant[] {
  return grants.map((grant, index) => {
    if (grant.to === 'all') {
      return grant;
    }
    const to = { ...grant.to };
    for (const field of ['owners', 'systems', 'domains'] as const) {
      to[field] = to[field]?.map(ref => {
        const full = normalized(ref, defaultKinds[field]);
        if (!full) {
          throw invalidField(
            `grants[${index}].to.${field}`,
            because(
              'entity-reference-invalid',
              `"${ref}" is not an entity reference`,
              { value: ref },
            ),
          );
        }
        return full;
      });
    }
    return { ...grant, to };
  });
}

/**
 * Whether a component may use a repository. Each kind of selector that a
 * grant gives must match by at least one of its values.
 */
export function isGranted(
  grants: Grant[],
  repository: string,
  entity: Entity,
  domainOf: DomainOf,
): boolean {
  return grants.some(
    grant =>
      (grant.repositories === undefined ||
        grant.repositories.some(glob =>
          matchRepositoryGlob(glob, repository),
        )) &&
      reaches(grant.to, entity, domainOf),
  );
}

/** Whether a component may use any repository. */
export function isGrantedAny(
  grants: Grant[],
  entity: Entity,
  domainOf: DomainOf,
): boolean {
  return grants.some(({ to }) => reaches(to, entity, domainOf));
}

/** Whether everybody may use a repository. */
export function isGrantedToAll(grants: Grant[], repository: string): boolean {
  return grants.some(
    ({ to, repositories }) =>
      to === 'all' &&
      (repositories === undefined ||
        repositories.some(glob => matchRepositoryGlob(glob, repository))),
  );
}

function reaches(to: Grant['to'], entity: Entity, domainOf: DomainOf): boolean {
  if (to === 'all') {
    return true;
  }
  const systems = related(entity, RELATION_PART_OF, 'system');
  const domains = [
    ...related(entity, RELATION_PART_OF, 'domain'),
    ...systems.flatMap(system => domainOf(system) ?? []),
  ];
  const namespace = (
    entity.metadata.namespace ?? DEFAULT_NAMESPACE
  ).toLocaleLowerCase('en-US');
  return (
    meets(to.owners, related(entity, RELATION_OWNED_BY)) &&
    meets(to.systems, systems) &&
    meets(to.domains, domains) &&
    meets(
      to.catalogNamespaces?.map(each => each.toLocaleLowerCase('en-US')),
      [namespace],
    )
  );
}

function meets(wanted: string[] | undefined, present: string[]): boolean {
  return wanted === undefined || wanted.some(each => present.includes(each));
}

function related(entity: Entity, type: string, kind?: string): string[] {
  const refs = (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef.toLocaleLowerCase('en-US'));
  return kind === undefined
    ? refs
    : refs.filter(ref => ref.startsWith(`${kind}:`));
}
