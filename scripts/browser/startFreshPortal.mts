import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { freePorts, isOpen } from '../start/ports.mts';
import { ProcessGroup } from '../start/ProcessGroup.mts';
import { startPortal } from '../start/startPortal.mts';

/** Where the parts of a portal listen. */
export interface PortalAddresses {
  /** Page and REST routes. */
  url: string;
  /** Host and port of the sandbox registry. */
  registry: string;
  /** Host and port of a registry that asks for `shopper` and `open sesame`. */
  protectedRegistry: string;
  /** Control routes of the sandbox. */
  control: string;
  /** Control routes of the second sandbox, whose cluster is called `eu`. */
  controlOfEu: string;
  /** How to reach the sandbox's cluster as somebody else than the portal. */
  kubeconfigFile: string;
  /** Proxy through which the simulated vendors are reached. */
  vendors: string;
  /** PEM file of the authority that signed the vendors' certificates. */
  authorityFile: string;
  /** What the processes wrote. */
  logFile: string;
}

/** A portal of its own for a run of browser tests or pictures. */
export interface FreshPortal extends PortalAddresses {
  stop(): Promise<void>;
}

/** A pod starts, or crashes often enough, within two seconds. */
const CLUSTER_SPEED = 10;
/** How long the portal watches pods that are ready, in ms. */
const SETTLE_MS = 300;

/**
 * Starts the production build on free ports, with an empty data folder.
 *
 * @param name - of the folder below `.data`
 * @throws Error with the log's name when a process ends before all is ready.
 */
export async function startFreshPortal(
  root: string,
  name: string,
  more: {
    /** Of the backend. */
    environment?: NodeJS.ProcessEnv;
    /** Addresses of this machine that the portal may call. */
    allowedLoopback?: string[];
  } = {},
): Promise<FreshPortal> {
  const data = join(root, '.data', name);
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const logFile = join(data, 'portal.log');
  const log = createWriteStream(logFile);
  const print = (line: string) => log.write(`${line}\n`);
  const [backend, registry, cluster, control, vendors, ...second] =
    await freePorts(8);
  const [protectedRegistry, eu, controlOfEu] = second;
  const others = new ProcessGroup(print);
  const kubeconfigOfEu = startSecondSandbox(others, root, data, {
    registry: protectedRegistry,
    cluster: eu,
    control: controlOfEu,
  });
  const euIsUp = async () => {
    while (!existsSync(kubeconfigOfEu) || !(await isOpen(eu))) {
      await sleep(100);
    }
  };
  const portal = await startPortal({
    settings: {
      root,
      data,
      ports: { app: backend, backend, registry, cluster, control, vendors },
      clusterSpeed: CLUSTER_SPEED,
    },
    mode: 'built',
    openBrowser: false,
    // The backend reads the kubeconfigs when it starts.
    before: euIsUp(),
    environment: {
      APP_CONFIG_imageRegistry_kubernetes_settle_milliseconds:
        String(SETTLE_MS),
      APP_CONFIG_imageRegistry_kubernetes_kubeconfigs_eu_path: kubeconfigOfEu,
      APP_CONFIG_catalog_locations: JSON.stringify(catalogLocations(root)),
      APP_CONFIG_imageRegistry_outgoing_allowedLoopback: JSON.stringify(
        [registry, protectedRegistry, vendors]
          .map(port => `127.0.0.1:${port}`)
          .concat(more.allowedLoopback ?? []),
      ),
      ...more.environment,
    },
    print,
  });
  const stop = async () => {
    await Promise.all([portal.stop(), others.stop()]);
    await finished(log.end());
  };
  const ended = await Promise.race([
    portal.ready.then(() => undefined),
    portal.ended,
    others.firstEnd(),
  ]).catch(async error => {
    await stop();
    throw error;
  });
  if (ended !== undefined) {
    await stop();
    throw new Error(`The portal ended (${ended}) at its start: ${logFile}`);
  }
  return {
    url: portal.url,
    registry: `127.0.0.1:${registry}`,
    protectedRegistry: `127.0.0.1:${protectedRegistry}`,
    control: `http://127.0.0.1:${control}`,
    controlOfEu: `http://127.0.0.1:${controlOfEu}`,
    kubeconfigFile: join(data, 'sandbox', 'kubeconfig'),
    vendors: `http://127.0.0.1:${vendors}`,
    authorityFile: join(data, 'sandbox', 'ca.pem'),
    logFile,
    stop,
  };
}

/** What every portal reads, and the components of single stories. */
function catalogLocations(root: string) {
  const { catalog } = parse(
    readFileSync(join(root, 'app-config.yaml'), 'utf8'),
  );
  const ours = join(root, 'scripts', 'browser', 'components.yaml');
  return [...catalog.locations, { type: 'file', target: ours }];
}

/**
 * A registry that asks who comes, and an empty cluster far from the other one.
 *
 * @returns the file that will hold the cluster's kubeconfig
 */
function startSecondSandbox(
  group: ProcessGroup,
  root: string,
  data: string,
  ports: { registry: number; cluster: number; control: number },
): string {
  const directory = join(data, 'second');
  const configFile = join(data, 'second.json');
  mkdirSync(directory);
  writeFileSync(
    configFile,
    JSON.stringify({
      directory,
      control: { port: ports.control },
      registry: {
        port: ports.registry,
        access: {
          mode: 'basic',
          users: [{ username: 'shopper', password: 'open sesame' }],
        },
      },
      kubernetes: {
        port: ports.cluster,
        seed: false,
        speed: CLUSTER_SPEED,
      },
    }),
  );
  group.start({
    name: 'second',
    command: join(root, 'scripts', 'run-ts'),
    arguments: ['packages/sandbox/src/cli.ts', '--config', configFile],
    cwd: root,
  });
  return join(directory, 'kubeconfig');
}
