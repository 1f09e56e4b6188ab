import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FreshPortal,
  startFreshPortal,
} from '../../browser/startFreshPortal.mts';
import { ProcessGroup } from '../../start/ProcessGroup.mts';
import { BenchCluster } from './BenchCluster.mts';
import { REPOSITORY, startManyTagsRegistry } from './manyTagsRegistry.mts';
import { deployment, manyWorkloads } from './workloads.mts';

/** Where what runs is from the registry with many tags. */
export const OF_MANY_TAGS = {
  component: 'worker',
  name: 'many',
  namespace: 'shop-dev',
};

/** A portal with three clusters, of which one is down. */
export interface Surroundings {
  portal: FreshPortal;
  /** The portal's own sandbox, which is up. */
  cluster: BenchCluster;
  stop(): Promise<void>;
}

/** Starts everything and waits until it can be used. */
export async function startSurroundings(root: string): Promise<Surroundings> {
  const folder = join(root, '.data', 'bench-clusters');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const others = new ProcessGroup(() => {});
  const registry = await startManyTagsRegistry();
  const stop = async () => {
    await others.stop();
    registry.stop();
  };
  try {
    const up = await BenchCluster.start(others, { root, folder, name: 'two' });
    const down = await BenchCluster.start(others, {
      root,
      folder,
      name: 'three',
    });
    const portal = await startFreshPortal(root, 'bench-pages', {
      allowedLoopback: [registry.address],
      environment: {
        APP_CONFIG_imageRegistry_kubernetes_kubeconfigs_two_path: up.kubeconfig,
        APP_CONFIG_imageRegistry_kubernetes_kubeconfigs_three_path:
          down.kubeconfig,
        APP_CONFIG_imageRegistry_registries_many: JSON.stringify({
          name: 'Many tags',
          provider: 'distribution',
          address: `http://${registry.address}`,
        }),
      },
    });
    const cluster = new BenchCluster(portal.control);
    await Promise.all(
      [cluster, up.cluster, down.cluster].map(each =>
        each.seed(manyWorkloads()),
      ),
    );
    await cluster.seed([
      deployment({
        ...OF_MANY_TAGS,
        image: `${registry.address}/${REPOSITORY}:v1.2.3`,
      }),
    ]);
    await down.cluster.goDown();
    return {
      portal,
      cluster,
      stop: async () => {
        await portal.stop();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
