import { BehaviourBench, last } from './BehaviourBench';

jest.setTimeout(240_000);

describe('what people do beside', () => {
  let bench: BehaviourBench;

  beforeAll(async () => {
    bench = await BehaviourBench.start();
  });

  afterAll(() => bench.stop());

  it('stops, remembering the count, and starts again', async () => {
    const of = await bench.create('Deployment', 'stopped', {
      spec: { replicas: 3 },
    });
    expect(await bench.driver.stop(of)).toMatchObject({ replicas: 0 });
    expect(await bench.driver.stop(of)).toMatchObject({ replicas: 0 });
    expect(await bench.driver.start(of)).toMatchObject({ replicas: 3 });
    expect(await bench.driver.scale(of, 1)).toMatchObject({ replicas: 1 });
    await expect(bench.driver.scale(of, -1)).rejects.toMatchObject({
      code: 'invalid',
    });
    // An apply of an image leaves the count alone.
    await bench.driver.apply(bench.change(of));
    expect(
      (await bench.stored('Deployment', 'apps/v1', 'stopped')).spec,
    ).toMatchObject({ replicas: 1 });
  });

  it('restarts by the annotation that kubectl writes', async () => {
    const of = await bench.create('Deployment', 'restarted');
    const before = await bench.driver.getTarget(of);
    const { generation } = await bench.driver.restart(of);
    expect(generation).toBe(before.generation + 1);
    // And again an apply leaves it alone.
    await bench.driver.apply(bench.change(of));
    const { spec } = await bench.stored('Deployment', 'apps/v1', 'restarted');
    expect(JSON.stringify(spec)).toContain('kubectl.kubernetes.io/restartedAt');
  });

  it('suspends a CronJob, which is then no fault', async () => {
    const of = await bench.create('CronJob', 'suspended');
    expect(last(await bench.follow(bench.change(of)))).toMatchObject({
      phase: 'complete',
      reason: { code: 'next-run' },
    });
    await bench.driver.stop(of);
    expect(await bench.driver.getTarget(of)).toMatchObject({
      health: 'Stopped',
    });
    const again = bench.change(of, { image: bench.cluster.images.first });
    expect(last(await bench.follow(again))).toMatchObject({
      phase: 'stopped',
      reason: { code: 'suspended' },
    });
    await bench.driver.start(of);
    expect(await bench.driver.getTarget(of)).toMatchObject({
      health: 'Healthy',
    });
  });

  it('says what cannot be done to a kind', async () => {
    const daemon = await bench.create('DaemonSet', 'limits', {
      pod: { nodeSelector: { 'portal.test/none': 'none' } },
    });
    const job = await bench.create('CronJob', 'limits');
    await expect(bench.driver.stop(daemon)).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(bench.driver.restart(job)).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
