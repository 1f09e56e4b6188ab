import { ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresConnection } from '../../../packages/backend/src/systemTests/testing/Portal';
import { freePort } from '../../../packages/backend/src/systemTests/testing/freePort';
import { processCpuMs } from '../processCpu';

const root = resolve(__dirname, '../../..');
const START_MS = 120_000;

/** A backend with the routes that are compared; their addresses. */
export interface MeasuredBackend {
  webhook: string;
  noOp: string;
  authenticatedNoOp: string;
  /** Of a caller of each of them. */
  authorization: string;
  /** CPU that the process has used, in ms. */
  cpuMs(): number;
  stop(): void;
}

/** @throws Error with the end of its log when it does not start */
export async function startMeasuredBackend(
  postgres?: PostgresConnection,
): Promise<MeasuredBackend> {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-bench-'));
  mkdirSync(join(folder, 'database'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(24).toString('base64url');
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "bench", "private": true }',
  );
  writeFileSync(
    join(folder, 'app-config.yaml'),
    JSON.stringify({
      app: { title: 'Bench', baseUrl: url },
      bench: { secret },
      backend: {
        baseUrl: url,
        auth: {
          externalAccess: [
            { type: 'static', options: { token: secret, subject: 'bench' } },
          ],
        },
        listen: { port, host: '127.0.0.1' },
        database: postgres
          ? { client: 'pg', connection: postgres }
          : {
              client: 'better-sqlite3',
              connection: { directory: join(folder, 'database') },
            },
      },
      imageRegistry: {
        encryption: {
          keys: [{ id: 'bench', secret: randomBytes(32).toString('base64') }],
        },
        registries: {
          bench: {
            provider: 'distribution',
            address: 'https://registry.test',
            webhookEndpoints: { push: { secret } },
          },
        },
      },
    }),
  );
  const logFile = join(folder, 'backend.log');
  const child = spawn(
    resolve(root, 'scripts/run-ts'),
    [
      resolve(__dirname, 'backend.ts'),
      '--config',
      join(folder, 'app-config.yaml'),
    ],
    {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'warn' },
      stdio: 'pipe',
    },
  );
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(`${url}/.backstage/health/v1/readiness`, child);
  } catch (error) {
    const text = readFileSync(logFile, 'utf8').slice(-3000);
    stop();
    throw new Error(`${error}\n${text}`);
  }
  const base = `${url}/api/image-registry`;
  return {
    webhook: `${base}/webhooks/config-bench-push`,
    noOp: `${base}/no-op`,
    authenticatedNoOp: `${base}/authenticated-no-op`,
    authorization: `Bearer ${secret}`,
    cpuMs: () => processCpuMs(child.pid!),
    stop,
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await sleep(200);
  }
  throw new Error('The backend did not start');
}
