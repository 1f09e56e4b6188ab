import { Bench } from './Bench';
import { BadInputSpec, RowName } from './BadInputSpec';
import { describeDistorted } from './describeDistorted';
import { describeOperation } from './describeOperation';
import { describePages } from './describePages';
import { describePull } from './describePull';
import { describeSignIn } from './describeSignIn';

/**
 * The table of bad input for one vendor: each operation against everything
 * that can go wrong with it. Every failure is a `RegistryError` whose message
 * names vendor, operation and cause, with a hint, and without a secret; a
 * listing that is not whole says so.
 *
 * To be called at the top of a test file.
 */
export function describeBadInput(spec: BadInputSpec): void {
  describe(`bad input from ${spec.title}`, () => {
    const bench = new Bench(spec);
    beforeAll(() => bench.start());
    afterEach(() => bench.clear());
    afterAll(() => bench.stop());

    for (const operation of keysOf(spec.requests)) {
      describe(operation, () => {
        describeOperation(bench, operation);
      });
    }
    for (const operation of keysOf(spec.paged)) {
      describe(`pages of ${operation}`, () => {
        describePages(bench, operation);
      });
    }
    describeSignIn(bench);
    describe('pulls of clusters', () => {
      describePull(bench);
    });
    describe('distorted answers', () => {
      describeDistorted(bench);
    });
    it('runs every row of the table, or says why not', () => {
      expect(unexplainedRows(spec)).toEqual([]);
    });
    for (const native of spec.nativeErrors ?? []) {
      it(`${native.operation}: ${native.name}`, () =>
        bench.expectFailure(native.operation, native.effect, {
          codes: [native.code],
          cause: native.message,
        }));
    }
  });
}

/** Rows that neither run nor are excepted, for want of what they need. */
function unexplainedRows(spec: BadInputSpec): string[] {
  const { except = {}, paged, requests } = spec;
  const missing: Partial<Record<RowName, boolean>> = {
    'missing right': !spec.weakCredentials,
    'expired token': !spec.expire,
    'repeated page': keysOf(paged).length === 0,
    'later page fails': keysOf(paged).length === 0,
    'Link to another host': keysOf(paged).length === 0,
  };
  const operations = (
    ['check', 'listRepositories', 'listTags', 'resolve'] as const
  ).filter(operation => !requests[operation]);
  return [
    ...keysOf(missing).filter(row => missing[row] && !except[row]),
    ...operations,
  ];
}

function keysOf<K extends string>(record: Partial<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[];
}
