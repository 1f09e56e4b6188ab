import { SandboxKubernetes } from '@slipway/sandbox';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { eventually } from '../testing/eventually';
import { sourceOf, startCluster, workload } from '../testing/sandboxCluster';

jest.setTimeout(60_000);

const query = { kubernetesId: 'cart' };
/** Has no effect, and counts the requests that it meets. */
const nothing = { kind: 'latency', milliseconds: 0 } as const;

describe('live targets', () => {
  let sandbox: SandboxKubernetes;
  let driver: KubernetesDeployDriver;

  const hits = () => sandbox.faults.list().map(fault => fault.hits);
  const live = () => driver.listTargets(query, { live: true });
  const names = async () =>
    (await live()).targets.map(({ ref }) => `${ref.kind}/${ref.name}`);
  /** Listings stop once the watches tell all. */
  const followed = async () => {
    await eventually(async () => {
      const [before] = hits();
      await live();
      return hits()[0] === before;
    });
  };

  beforeEach(async () => {
    sandbox = await startCluster([
      workload('Deployment', 'cart'),
      workload('StatefulSet', 'cart-store'),
      workload('CronJob', 'cart-report'),
    ]);
    driver = KubernetesDeployDriver.create({
      sources: [sourceOf(sandbox, 'sandbox')],
      settleMs: 100,
    });
    sandbox.faults.set({ effect: nothing, methods: ['GET'] });
    sandbox.faults.set({ effect: nothing, methods: ['WATCH'] });
  });

  afterEach(async () => {
    await driver.close();
    await sandbox.stop();
  });

  it('asks a cluster once for fifty pages, and one watch for each resource', async () => {
    const fifty = () => Promise.all(Array.from({ length: 50 }, live));
    await fifty();
    // Each kind once, discovery, and the pods of each workload.
    expect(hits()[0]).toBeLessThan(20);
    await fifty();
    await followed();
    // Four kinds of workloads, and the pods of one namespace.
    await eventually(() => hits()[1] === 5);
    const [reads] = hits();
    await fifty();
    expect(hits()).toEqual([reads, 5]);
    expect(driver.openWatches).toBe(5);
  });

  it('tells the same as the cluster when asked', async () => {
    await live();
    await followed();
    // Until all has started, one of the two may be a moment ahead.
    await eventually(async () =>
      (
        await live()
      ).targets.every(
        ({ ref, health }) => ref.kind === 'CronJob' || health === 'Healthy',
      ),
    );
    const [reads] = hits();
    const told = await live();
    expect(hits()).toEqual([reads, 5]);
    expect(told).toEqual(await driver.listTargets(query));
  });

  it('follows what others make, and what the portal writes at once', async () => {
    await live();
    await followed();
    sandbox.seed([workload('DaemonSet', 'cart-agent')]);
    await eventually(async () =>
      (await names()).includes('DaemonSet/cart-agent'),
    );

    await driver.apply({
      target: {
        cluster: 'sandbox',
        namespace: 'shop',
        kind: 'Deployment',
        name: 'cart',
        container: 'web',
      },
      image: 'registry.example/cart:v2',
      sequence: 1,
      force: true,
    });
    const { targets } = await live();
    expect(targets.find(({ ref }) => ref.name === 'cart')?.image).toBe(
      'registry.example/cart:v2',
    );
  });

  it('says when the cluster is down, and follows it again', async () => {
    await live();
    await followed();
    const outage = sandbox.faults.set({ effect: { kind: 'outage' } });
    await eventually(async () => !(await live()).clusters[0].reachable);
    expect((await live()).targets).toEqual([]);
    sandbox.faults.clear(outage);
    await eventually(async () => (await names()).length === 3);
    expect((await live()).clusters[0].reachable).toBe(true);
  });
});
