import { StatusError } from '../status';
import { FieldSet } from './field-set';
import { Manager } from './managers';

/** The 409 of an apply that would change fields of others. */
export function fieldConflict(
  shares: Array<{ manager: Manager; fields: FieldSet }>,
): StatusError {
  const byManager = shares
    .map(({ manager, fields }) => ({
      owner: describeManager(manager),
      paths: fields.describe(),
    }))
    .sort((left, right) => (left.owner < right.owner ? -1 : 1));
  const causes = byManager.flatMap(({ owner, paths }) =>
    paths.map(field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${owner}`,
      field,
    })),
  );
  const summary =
    causes.length === 1
      ? `${causes[0].message}: ${causes[0].field}`
      : byManager
          .map(({ owner, paths }) =>
            [
              `conflicts with ${owner}:`,
              ...paths.map(path => `- ${path}`),
            ].join('\n'),
          )
          .join('\n');
  const count = `${causes.length} conflict${causes.length === 1 ? '' : 's'}`;
  return new StatusError(
    409,
    'Conflict',
    `Apply failed with ${count}: ${summary}`,
    { causes },
  );
}

/** `"helm" using apps/v1`; owners by Apply are named alone. */
function describeManager(manager: Manager): string {
  const subresource = manager.subresource
    ? ` with subresource ${JSON.stringify(manager.subresource)}`
    : '';
  const version =
    manager.operation === 'Update' ? ` using ${manager.apiVersion}` : '';
  return `${JSON.stringify(manager.name)}${subresource}${version}`;
}
