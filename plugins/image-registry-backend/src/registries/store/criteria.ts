import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { RegistryFilter } from './RegistryStore';

const columns: Record<RegistryFilter['property'], string> = {
  id: 'registries.id',
  provider: 'registries.provider',
  source: 'registries.source',
};

/** Adds the conditions of a permission policy to a query of registries. */
export function whereAllowed<T extends Knex.QueryBuilder>(
  query: T,
  criteria: PermissionCriteria<RegistryFilter>,
): T {
  if ('not' in criteria) {
    query.whereNot(inner => {
      whereAllowed(inner, criteria.not);
    });
  } else if ('anyOf' in criteria) {
    query.where(inner => {
      for (const each of criteria.anyOf) {
        inner.orWhere(part => {
          whereAllowed(part, each);
        });
      }
    });
  } else if ('allOf' in criteria) {
    query.where(inner => {
      for (const each of criteria.allOf) {
        inner.andWhere(part => {
          whereAllowed(part, each);
        });
      }
    });
  } else {
    query.whereIn(columns[criteria.property], criteria.values);
  }
  return query;
}
