import { Grant } from '../api/registries';
import { matchRepositoryGlob } from './matchRepositoryGlob';

/** What grants look at in a component. */
export interface GrantSubject {
  /** Owners of the entity: full references, for example `group:default/shop`. */
  owners: readonly string[];
  /** Full reference of its system. */
  system?: string;
  /** Full reference of the domain of its system. */
  domain?: string;
  catalogNamespace: string;
}

/**
 * Whether a component may use a repository of a registry. One grant that
 * allows it is enough; within a grant one matching owner, system, domain or
 * catalog namespace is enough. An empty list grants nothing to anybody: such
 * a registry serves only those who may update it, and callers check that
 * permission first.
 *
 * @param repository - undefined asks whether it may use any repository at all
 */
export function grantsAllow(
  grants: readonly Grant[],
  subject: GrantSubject,
  repository: string | undefined,
): boolean {
  return grants.some(
    grant =>
      grantIsFor(grant, subject) &&
      (repository === undefined ||
        grant.repositories === undefined ||
        grant.repositories.some(glob => matchRepositoryGlob(glob, repository))),
  );
}

function grantIsFor({ to }: Grant, subject: GrantSubject): boolean {
  if (to === 'all') {
    return true;
  }
  return (
    names(to.owners, 'group', subject.owners) ||
    names(to.systems, 'system', subject.system ? [subject.system] : []) ||
    names(to.domains, 'domain', subject.domain ? [subject.domain] : []) ||
    (to.catalogNamespaces ?? []).some(
      namespace =>
        namespace.toLowerCase() === subject.catalogNamespace.toLowerCase(),
    )
  );
}

function names(
  selectors: readonly string[] | undefined,
  defaultKind: string,
  references: readonly string[],
): boolean {
  if (!selectors || references.length === 0) {
    return false;
  }
  const wanted = new Set(
    selectors.map(selector => fullReference(selector, defaultKind)),
  );
  return references.some(reference =>
    wanted.has(fullReference(reference, defaultKind)),
  );
}

/** The catalog compares references without case; kind and namespace may be left out. */
function fullReference(reference: string, defaultKind: string): string {
  const text = reference.toLowerCase();
  const withKind = text.includes(':') ? text : `${defaultKind}:${text}`;
  return withKind.includes('/') ? withKind : withKind.replace(':', ':default/');
}
