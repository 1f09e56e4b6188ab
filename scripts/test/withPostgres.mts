import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where test files look for a server before they start one themselves. */
const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * Does something while one PostgreSQL server runs for all test files: to start
 * one takes longer than most files do.
 *
 * @param work - gets the settings by which tests find the server
 */
export async function withPostgres<T>(
  root: string,
  work: (environment: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  if (process.env[VARIABLE]) {
    return work({});
  }
  const program =
    'plugins/image-registry-backend/src/testing/postgresServer.mjs';
  const server = spawn(process.execPath, [join(root, program)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(server, 'close');
  try {
    const [line] = await Promise.race([
      once(createInterface(server.stdout), 'line'),
      // Test files start their own, and say why they cannot.
      ended.then(() => [undefined]),
    ]);
    return await work(line ? { [VARIABLE]: connectionString(line) } : {});
  } finally {
    server.stdin.end();
    await ended;
  }
}

function connectionString(line: string): string {
  const { host, port, user, password } = JSON.parse(line);
  return `postgresql://${user}:${password}@${host}:${port}/postgres`;
}
