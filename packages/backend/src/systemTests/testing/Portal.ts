import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BackendProcess } from './BackendProcess';
import { eventually } from './eventually';
import { freePort } from './freePort';
import { LoadBalancer } from './LoadBalancer';
import { Person, RestClient } from './RestClient';

const examples = resolve(__dirname, '../../../../../examples');

/** A connection to PostgreSQL; a database is made for each plugin. */
export interface PostgresConnection {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** What a portal of a system test is configured with. */
export interface PortalOptions {
  /** Content of the file that the clusters are read from. */
  kubeconfig: string;
  /** Below `imageRegistry`, beside what every portal of a test has. */
  imageRegistry?: object;
  /** SQLite in a file when absent. */
  postgres?: PostgresConnection;
  /** Processes that share the work, behind one address. Default 1. */
  replicas?: number;
  /** For Node itself, such as a limit of its heap. */
  nodeArguments?: string[];
}

/** A portal with its own folder, ports and database. */
export class Portal {
  private constructor(
    readonly folder: string,
    /** Where people and registries reach it. */
    readonly url: string,
    readonly replicas: BackendProcess[],
    private readonly balancer: LoadBalancer | undefined,
  ) {}

  /** Starts a portal and waits until its catalog knows the example shop. */
  static async start(options: PortalOptions): Promise<Portal> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-system-'));
    const ports: number[] = [];
    while (ports.length < (options.replicas ?? 1)) {
      ports.push(await freePort());
    }
    const balancer =
      ports.length > 1 ? await LoadBalancer.start(ports) : undefined;
    const url = `http://127.0.0.1:${balancer?.port ?? ports[0]}`;
    const kubeconfigFile = join(folder, 'kubeconfig');
    await mkdir(join(folder, 'database'));
    await writeFile(kubeconfigFile, options.kubeconfig, { mode: 0o600 });
    const config = configOf(url, { ...options, folder, kubeconfigFile });
    const replicas: BackendProcess[] = [];
    for (const port of ports) {
      const own = await prepareReplica(folder, port, config);
      replicas.push(
        new BackendProcess(
          `http://127.0.0.1:${port}`,
          own,
          options.nodeArguments,
        ),
      );
    }
    const portal = new Portal(folder, url, replicas, balancer);
    try {
      // One after the other: the first one migrates the database.
      for (const replica of replicas) {
        await replica.start();
      }
      await portal.#catalogKnowsTheShop();
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  /** The process, or the first of them. */
  get backend(): BackendProcess {
    return this.replicas[0];
  }

  /** The file of the plugin's database, where that is SQLite. */
  get databaseFile(): string {
    return join(this.folder, 'database', 'image-registry.sqlite');
  }

  as(person: Person): RestClient {
    return new RestClient(this.url, person);
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map(replica => replica.stop()));
    await this.balancer?.stop();
    if (!process.env.SLIPWAY_KEEP_FOLDERS) {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  async #catalogKnowsTheShop(): Promise<void> {
    const owner = this.as('owner');
    await eventually(async () => {
      for (const name of ['web', 'api', 'worker']) {
        await owner.get(`/targets?entityRef=component:default/${name}`);
      }
    });
  }
}

/** Writes the folder of one process; @returns its path */
async function prepareReplica(
  folder: string,
  port: number,
  config: ReturnType<typeof configOf>,
): Promise<string> {
  const own = join(folder, `replica-${port}`);
  await mkdir(own);
  await writeFile(
    join(own, 'package.json'),
    '{ "name": "portal-of-a-test", "private": true }',
  );
  const listen = { port, host: '127.0.0.1' };
  // JSON is YAML.
  await writeFile(
    join(own, 'app-config.yaml'),
    JSON.stringify(
      { ...config, backend: { ...config.backend, listen } },
      undefined,
      2,
    ),
    { mode: 0o600 },
  );
  return own;
}

function configOf(
  url: string,
  options: PortalOptions & { folder: string; kubeconfigFile: string },
) {
  const { folder, kubeconfigFile, postgres, imageRegistry } = options;
  return {
    app: {
      title: 'Slipway',
      baseUrl: url,
      // Nobody opens a page; to prepare them takes a sixth of a start.
      disableConfigInjection: true,
      disableStaticFallbackCache: true,
    },
    organization: { name: 'Slipway' },
    backend: {
      baseUrl: url,
      database: postgres
        ? { client: 'pg', connection: postgres }
        : {
            client: 'better-sqlite3',
            connection: { directory: join(folder, 'database') },
          },
    },
    auth: { environment: 'development', providers: { development: {} } },
    permission: { enabled: true },
    imageRegistry: {
      administrators: ['group:default/admins'],
      encryption: {
        keys: [{ id: 'test', secret: randomBytes(32).toString('base64') }],
      },
      webhook: { baseUrl: url },
      kubernetes: {
        kubeconfigs: { sandbox: { path: kubeconfigFile } },
        // The sandbox's pods stay well or fail at once.
        settle: { milliseconds: 100 },
      },
      ...imageRegistry,
    },
    catalog: {
      rules: [
        {
          allow: ['Component', 'System', 'Domain', 'Group', 'User', 'Location'],
        },
      ],
      locations: ['organization.yaml', 'shop.yaml'].map(file => ({
        type: 'file',
        target: join(examples, file),
      })),
    },
  };
}
