import { Bench } from './Bench';
import { BadInputSpec } from './BadInputSpec';
import { describeOperation } from './describeOperation';
import { describePages } from './describePages';
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
    for (const native of spec.nativeErrors ?? []) {
      it(`${native.operation}: ${native.name}`, () =>
        bench.expectFailure(native.operation, native.effect, {
          codes: [native.code],
          cause: native.message,
        }));
    }
  });
}

function keysOf<K extends string>(record: Partial<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[];
}
