import { ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface, Interface } from 'node:readline';
import { PostgresConnection } from './Portal';

const program = join(
  dirname(
    require.resolve(
      '@slipway/backstage-plugin-image-registry-backend/package.json',
    ),
  ),
  'src/testing/postgresServer.mjs',
);

/** A PostgreSQL server from npm that can be restarted under the portal. */
export class PostgresServer {
  private constructor(
    readonly connection: PostgresConnection,
    private readonly child: ChildProcess,
    private readonly output: Interface,
  ) {}

  /** @param options - `durable`: flushes to disk, as a real one does */
  static async start(
    options: { durable?: boolean } = {},
  ): Promise<PostgresServer> {
    const flags = options.durable ? ['--durable'] : [];
    const child = spawn(process.execPath, [program, ...flags], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const output = createInterface(child.stdout);
    const line = await Promise.race([
      nextLine(output),
      ended(child).then(() => {
        throw new Error('PostgreSQL for the tests did not start');
      }),
    ]);
    return new PostgresServer(JSON.parse(line), child, output);
  }

  /** Ends every session; resolves when it takes new ones. */
  async restart(): Promise<void> {
    const answer = nextLine(this.output);
    this.child.stdin?.write('restart\n');
    await answer;
  }

  async stop(): Promise<void> {
    const end = ended(this.child);
    this.child.stdin?.end();
    await end;
  }
}

function nextLine(output: Interface): Promise<string> {
  return new Promise(resolve => {
    output.once('line', resolve);
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('close', () => resolve());
  });
}
