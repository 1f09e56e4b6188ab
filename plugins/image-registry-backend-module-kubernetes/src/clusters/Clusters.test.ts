import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { answer, ScriptedApiServer } from '../testing/ScriptedApiServer';
import { quietCluster } from '../testing/quietCluster';

/** So long a cluster may be silent, in ms: who waits for it takes longer. */
const SILENCE_MS = 5_000;

describe('several clusters', () => {
  const servers: ScriptedApiServer[] = [];
  let driver: KubernetesDeployDriver | undefined;

  const start = async (script = quietCluster) => {
    const server = await ScriptedApiServer.start(script);
    servers.push(server);
    return server;
  };
  const drive = (...names: string[]) => {
    driver = KubernetesDeployDriver.create({
      settleMs: 0,
      sources: names.map((name, index) => servers[index].source(name)),
    });
    return driver;
  };

  afterEach(async () => {
    await driver?.close();
    await Promise.all(servers.splice(0).map(server => server.stop()));
  });

  it('are listed beside one that refuses connections, without waiting', async () => {
    await start();
    await (await start()).goDown();
    const driverOfTwo = drive('well', 'down');
    const startedAt = Date.now();
    const { clusters } = await driverOfTwo.listTargets({
      kubernetesId: 'cart',
    });
    expect(Date.now() - startedAt).toBeLessThan(SILENCE_MS);
    expect(clusters).toEqual([
      { name: 'well', reachable: true, since: expect.any(String) },
      {
        name: 'down',
        reachable: false,
        message: 'Cluster down refuses connections.',
        because: expect.objectContaining({
          code: 'cluster-refuses-connections',
          params: { cluster: 'down' },
        }),
        since: expect.any(String),
      },
    ]);
  });

  it('answer also when they keep their version to themselves', async () => {
    await start((_, response) =>
      answer(response, 403, {
        reason: 'Forbidden',
        message: 'forbidden: User "portal" cannot get path "/version"',
      }),
    );
    expect(await drive('hardened').clusters()).toEqual([
      { name: 'hardened', reachable: true, since: expect.any(String) },
    ]);
  });

  it('wait for a silent one once, and never long again until it answers', async () => {
    await start();
    const silent = await start(() => undefined);
    const driverOfTwo = drive('well', 'silent');
    const look = async () => {
      const startedAt = Date.now();
      const { clusters } = await driverOfTwo.listTargets({
        kubernetesId: 'cart',
      });
      return { clusters, tookMs: Date.now() - startedAt };
    };
    const { clusters } = await look();
    expect(clusters.map(({ reachable }) => reachable)).toEqual([true, false]);
    const message = 'Cluster silent did not answer within 5 seconds.';
    expect(clusters[1].message).toBe(message);

    const again = await look();
    expect(again.tookMs).toBeLessThan(SILENCE_MS);
    expect(again.clusters[1]).toEqual(clusters[1]);

    silent.script = quietCluster;
    expect((await look()).clusters[1].reachable).toBe(true);
  });

  it('tell in the words of the API server what they forbid', async () => {
    await start(({ path }, response) =>
      path.endsWith('/cronjobs')
        ? answer(response, 403, {
            message: 'cronjobs.batch is forbidden: User "portal" cannot list',
          })
        : answer(response, 200, { metadata: {}, items: [] }),
    );
    const { clusters } = await drive('strict').listTargets({
      kubernetesId: 'cart',
    });
    expect(clusters[0].reachable).toBe(true);
    expect(clusters[0].message).toContain('cronjobs.batch is forbidden');
  });

  it('remember since when they are down, and come back', async () => {
    const server = await start();
    const driverOfOne = drive('one');
    await expect(driverOfOne.clusters()).resolves.toMatchObject([
      { reachable: true },
    ]);
    await server.goDown();
    const look = async () =>
      (await driverOfOne.listTargets({ kubernetesId: 'cart' })).clusters[0];
    const first = await look();
    expect(first.reachable).toBe(false);
    expect((await look()).since).toBe(first.since);
    await server.comeBack();
    expect(await look()).toMatchObject({
      reachable: true,
      message: undefined,
    });
  });

  it('answer for a component that is bound to nothing without being asked', async () => {
    const server = await start();
    const { targets } = await drive('one').listTargets({});
    expect(targets).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('are asked only for the namespace and the cluster that were named', async () => {
    const [one, two] = [await start(), await start()];
    await drive('one', 'two').listTargets({
      labelSelector: 'app in (cart)',
      namespace: 'shop',
      cluster: 'two',
    });
    expect(one.requests).toEqual([]);
    expect(two.requests.map(({ path }) => path).sort()).toEqual([
      '/apis/apps/v1/namespaces/shop/daemonsets',
      '/apis/apps/v1/namespaces/shop/deployments',
      '/apis/apps/v1/namespaces/shop/statefulsets',
      '/apis/argoproj.io/v1alpha1',
      '/apis/batch/v1/namespaces/shop/cronjobs',
    ]);
    const listings = two.requests.filter(({ path }) => /shop/.test(path));
    for (const { query } of listings) {
      expect(query.get('labelSelector')).toBe('app in (cart)');
    }
  });
});
