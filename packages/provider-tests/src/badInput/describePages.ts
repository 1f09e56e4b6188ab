import { Bench } from './Bench';
import { ListingOperation } from './BadInputSpec';
import { everythingSaidBy } from './failure';
import { listWhole } from './operations';

/** A listing whose pages are wrong: a half must never pass for the whole. */
export function describePages(bench: Bench, operation: ListingOperation): void {
  const { repository, ...pattern } = bench.spec.paged[operation] ?? {};
  const list = () =>
    listWhole(operation, bench.client(), bench.spec, repository);
  /** A listing that is not whole, or a failure, but never a half as a whole. */
  const expectNotWhole = async () => {
    const outcome = await list().catch(error => {
      bench.expectNoSecret(everythingSaidBy(error));
      return { complete: false, reason: error };
    });
    expect(outcome).toMatchObject({
      complete: false,
      reason: {
        code: expect.stringMatching(/^[a-z-]+$/),
        message: expect.stringMatching(/\S/),
      },
    });
    bench.expectNoSecret(JSON.stringify(outcome.reason));
  };

  it('has more than one page', async () => {
    const { complete, items } = await list();
    expect({ complete, distinct: distinct(items) }).toEqual({
      complete: true,
      distinct: items.length,
    });
    const asked = bench.world.faults.add({
      ...pattern,
      skip: 1,
      effect: { kind: 'latency', milliseconds: 0 },
    });
    await list();
    const [{ hit }] = bench.world.faults.list();
    expect({ asked, hit: hit > 0 }).toEqual({ asked, hit: true });
  });

  bench.row('repeated page', 'a page that repeats', async () => {
    bench.world.faults.add({ ...pattern, effect: { kind: 'repeated-page' } });
    await expectNotWhole();
  });

  bench.row('later page fails', 'a later page that fails', async () => {
    bench.world.faults.add({
      ...pattern,
      skip: 1,
      effect: { kind: 'status', status: 503 },
    });
    await expectNotWhole();
  });

  bench.row('later page fails', 'a later page that is throttled', async () => {
    bench.world.faults.add({
      ...pattern,
      skip: 1,
      effect: { kind: 'status', status: 429, retryAfter: 60 },
    });
    await expectNotWhole();
  });

  bench.row('Link to another host', 'a Link to another host', async () => {
    const whole = await list();
    bench.world.requests.clear();
    bench.world.faults.add({ ...pattern, effect: { kind: 'foreign-link' } });
    // Who does not go by links has the whole listing all the same.
    const linked = await list().catch(() => undefined);
    if (linked?.complete) {
      expect(linked.items).toHaveLength(whole.items.length);
    } else {
      await expectNotWhole();
    }
    bench.expectNothingToldToStranger();
  });
}

function distinct(items: unknown[]): number {
  return new Set(items.map(each => JSON.stringify(each))).size;
}
