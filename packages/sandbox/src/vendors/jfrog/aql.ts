import { jsonAnswer, textAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { listFiles, StoredFile } from './files';
import { SimulatedRepository } from './SimulatedJFrog';

type Criteria = Record<string, unknown>;

/** Fields that accounts without administration must ask for. */
const REQUIRED = ['repo', 'path', 'name'];

const QUERY =
  /^items\.find\((\{.*\})\)\.include\(([^)]*)\)\.sort\((\{.*?\})\)\.offset\((\d+)\)\.limit\((\d+)\)$/;

/**
 * The part of the Artifactory Query Language that listings of images need:
 * `$and`, `$or`, `$eq` and `$match` on fields of items, include, sort, offset
 * and limit (jfrog.com/help/r/jfrog-rest-apis/artifactory-query-language).
 */
export function answerAql(
  repositories: readonly SimulatedRepository[],
  { body, headers, method }: VendorRequest,
): VendorAnswer {
  const type = headers['content-type'];
  if (method !== 'POST' || type !== 'text/plain') {
    return textAnswer(`Unsupported Media Type: ${type}`, { status: 415 });
  }
  const [, find, include, sort, offset, limit] =
    QUERY.exec(body.toString('utf8')) ?? [];
  if (!find) {
    return textAnswer('Failed to parse query', { status: 400 });
  }
  const fields = [...include.matchAll(/"([a-z0-9_]+)"/g)].map(
    ([, name]) => name,
  );
  if (!REQUIRED.every(name => fields.includes(name))) {
    return textAnswer(
      'For permissions reasons AQL demands the following fields: repo, path and name.',
      { status: 400 },
    );
  }
  const criteria = JSON.parse(find) as Criteria;
  const order = (JSON.parse(sort) as { $asc: string[] }).$asc;
  const found = rows(repositories)
    .filter(row => matches(criteria, row))
    .sort((a, b) => compare(a, b, order));
  const start = Number(offset);
  const results = found
    .slice(start, start + Number(limit))
    .map(row => Object.fromEntries(fields.map(name => [name, row[name]])));
  return jsonAnswer({
    results,
    range: {
      start_pos: start,
      end_pos: start + results.length,
      total: results.length,
      limit: Number(limit),
    },
  });
}

type Row = Record<string, string | number | string[]>;

function rows(repositories: readonly SimulatedRepository[]): Row[] {
  const stores = repositories.flatMap(each =>
    each.type === 'VIRTUAL' ? [] : each.stores,
  );
  const virtual = repositories.filter(({ type }) => type === 'VIRTUAL');
  return listFiles(repositories, stores).map(file => ({
    ...fieldsOf(file),
    // A query for a virtual repository is one for those behind it.
    repos: [
      file.repo,
      ...virtual
        .filter(({ stores: behind }) => behind.includes(file.repo))
        .map(({ key }) => key),
    ],
  }));
}

function fieldsOf(file: StoredFile): Row {
  return {
    repo: file.repo,
    path: file.path,
    name: file.name,
    type: 'file',
    size: file.size,
    created: file.modified,
    created_by: file.modifiedBy,
    modified: file.modified,
    modified_by: file.modifiedBy,
    updated: file.modified,
    sha256: file.sha256,
  };
}

function matches(criteria: Criteria, row: Row): boolean {
  return Object.entries(criteria).every(([name, wanted]) => {
    if (name === '$and') {
      return (wanted as Criteria[]).every(each => matches(each, row));
    }
    if (name === '$or') {
      return (wanted as Criteria[]).some(each => matches(each, row));
    }
    const values = [name === 'repo' ? row.repos : row[name]].flat();
    return values.some(value => isValue(String(value), wanted));
  });
}

function isValue(value: string, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) {
    return value === wanted;
  }
  const { $eq, $match } = wanted as { $eq?: string; $match?: string };
  return $match === undefined ? value === $eq : glob($match).test(value);
}

function glob(pattern: string): RegExp {
  const source = pattern
    .split('')
    .map(letter =>
      letter === '*' ? '.*' : letter.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}

function compare(a: Row, b: Row, order: string[]): number {
  for (const name of order) {
    const [one, other] = [String(a[name]), String(b[name])];
    if (one !== other) {
      return one < other ? -1 : 1;
    }
  }
  return 0;
}
