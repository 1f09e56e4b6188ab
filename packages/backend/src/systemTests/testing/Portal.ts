import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BackendProcess } from './BackendProcess';
import { eventually } from './eventually';
import { freePort } from './freePort';
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
}

/** A portal with its own folder, port and database. */
export class Portal {
  private constructor(
    readonly folder: string,
    readonly backend: BackendProcess,
  ) {}

  /** Starts a portal and waits until its catalog knows the example shop. */
  static async start(options: PortalOptions): Promise<Portal> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-system-'));
    const url = `http://127.0.0.1:${await freePort()}`;
    const kubeconfigFile = join(folder, 'kubeconfig');
    await mkdir(join(folder, 'database'));
    await writeFile(kubeconfigFile, options.kubeconfig, { mode: 0o600 });
    await writeFile(
      join(folder, 'package.json'),
      '{ "name": "portal-of-a-test", "private": true }',
    );
    // JSON is YAML.
    await writeFile(
      join(folder, 'app-config.yaml'),
      JSON.stringify(
        configOf(url, { ...options, folder, kubeconfigFile }),
        undefined,
        2,
      ),
      { mode: 0o600 },
    );
    const portal = new Portal(folder, new BackendProcess(url, folder));
    try {
      await portal.backend.start();
      await portal.#catalogKnowsTheShop();
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  get url(): string {
    return this.backend.url;
  }

  /** The file of the plugin's database, where that is SQLite. */
  get databaseFile(): string {
    return join(this.folder, 'database', 'image-registry.sqlite');
  }

  as(person: Person): RestClient {
    return new RestClient(this.url, person);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
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

function configOf(
  url: string,
  options: PortalOptions & { folder: string; kubeconfigFile: string },
) {
  const { folder, kubeconfigFile, postgres, imageRegistry } = options;
  return {
    app: { title: 'Slipway', baseUrl: url },
    organization: { name: 'Slipway' },
    backend: {
      baseUrl: url,
      listen: { port: Number(new URL(url).port), host: '127.0.0.1' },
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
