import { Grant } from '../api/registries';

/** Who may use a registry, one English sentence a grant. */
export function describeGrants(grants: readonly Grant[]): string[] {
  if (grants.length === 0) {
    return ['Only those who may change this registry can use it.'];
  }
  return grants.map(
    grant => `${describeWho(grant)} may use ${describeWhat(grant)}.`,
  );
}

function describeWho({ to }: Grant): string {
  if (to === 'all') {
    return 'Every component';
  }
  const clauses = [
    clause('owned by', to.owners),
    clause('in the system', to.systems),
    clause('in the domain', to.domains),
    clause('in the catalog namespace', to.catalogNamespaces),
  ].filter(text => text !== '');
  return `Components ${clauses.join(' or ')}`;
}

function clause(words: string, values: readonly string[] | undefined): string {
  return values && values.length > 0 ? `${words} ${values.join(' or ')}` : '';
}

function describeWhat({ repositories }: Grant): string {
  return repositories
    ? `the repositories ${repositories.join(', ')}`
    : 'all repositories';
}
