import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterClient } from '../../../plugins/image-registry-backend-module-kubernetes/src/clusters';
import {
  prunePod,
  WatchHub,
} from '../../../plugins/image-registry-backend-module-kubernetes/src/observe';
import { NAMESPACE, PODS } from './manyPods';

/** What a run is told; the argument, as JSON. */
export interface WatcherOptions {
  url: string;
  caCertificate: string;
  /** False: everything but the watch. */
  watches: boolean;
  /** How long it follows the pods that it has, in milliseconds. */
  followMs: number;
}

/** What it comes to; standard output, as JSON. In bytes. */
export interface WatcherFigures {
  /** Most that was resident. */
  peak: number;
  /** Resident at the end, nothing collected on purpose. */
  end: number;
  pods: number;
  /** Until all pods are known. */
  listedMs: number;
}

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2]) as WatcherOptions;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: 'bench',
      server: options.url,
      caData: Buffer.from(options.caCertificate).toString('base64'),
      skipTLSVerify: false,
    },
    { name: 'bench', token: 'bench' },
  );
  const client = new ClusterClient('bench', kubeConfig);
  const hub = new WatchHub();
  // What every process has that talks to a cluster: a connection, and its code.
  await client.json({ path: '/version' });
  const begin = performance.now();
  let pods = 0;
  let listedMs = 0;
  if (options.watches) {
    const { watch } = hub.join(
      client,
      {
        apiVersion: 'v1',
        resource: 'pods',
        namespace: NAMESPACE,
        prune: prunePod,
      },
      () => undefined,
    );
    while (!watch.synced) {
      if (watch.trouble) {
        throw watch.trouble;
      }
      await sleep(10);
    }
    listedMs = performance.now() - begin;
    await sleep(options.followMs);
    pods = watch.objects.size;
    if (pods !== PODS) {
      throw new Error(`Knows ${pods} pods`);
    }
  } else {
    await sleep(options.followMs);
  }
  const figures: WatcherFigures = {
    peak: statusOf('VmHWM'),
    end: statusOf('VmRSS'),
    pods,
    listedMs,
  };
  process.stdout.write(JSON.stringify(figures));
  hub.close();
  await client.close();
}

/** The kernel's own figure of this process; Linux only. */
function statusOf(name: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return Number(kib) * 1024;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
