import { Bench } from './Bench';
import { OperationName } from './BadInputSpec';
import { perform } from './operations';
import { certificateRows, statusRows } from './rows';

/** One operation against answers and certificates that are wrong. */
export function describeOperation(
  bench: Bench,
  operation: OperationName,
): void {
  it('goes well without a fault', async () => {
    await perform(operation, bench.client(), bench.spec);
    expect(bench.world.requests.list().length).toBeGreaterThan(0);
  });

  for (const { name, effect, needsBody, ...expected } of statusRows) {
    if (needsBody && operation === 'resolve') {
      // A HEAD, whose answer has none.
      continue;
    }
    bench.row('status', name, () =>
      bench.expectFailure(operation, effect, expected),
    );
  }

  for (const { name, problem, cause } of certificateRows) {
    bench.row('certificate', name, async () => {
      const { host } = bench.spec.requests[operation] ?? {};
      bench.world.faults.add({
        host,
        effect: { kind: 'certificate', problem },
      });
      const error = await bench.expectSentence(
        operation,
        perform(operation, bench.client(), bench.spec),
        ['untrusted-certificate'],
      );
      expect(error.message).toMatch(cause);
    });
  }
}
