import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  createCertificateAuthority,
  createServerCertificate,
} from '../../kubernetes/tls/certificates';
import { PushConnection } from '../push/PushConnection';

/** Whether the machine has Debian's docker-registry (2.8). */
export function isDockerRegistryInstalled(): boolean {
  return spawnSync('docker-registry', ['--version']).status === 0;
}

/** The one person whom a registry with a password file lets in. */
export const dockerRegistryUser = {
  username: 'robot',
  password: 'push and pull',
} as const;

/** A bcrypt hash of that password, as htpasswd writes it. */
const HTPASSWD = `${dockerRegistryUser.username}:$2b$05$abcdefghijklmnopqrstuul86fa7fnHeM3bMgvbfTIgrTYSB2yTpS`;

/** How a registry is set up; open, plain http and writable by default. */
export interface DockerRegistrySetUp {
  /** Lets in {@link dockerRegistryUser} alone. */
  htpasswd?: boolean;
  /** With a certificate of an authority of its own. */
  tls?: boolean;
  /** Takes no push any more, once it is filled. */
  readOnly?: boolean;
  /** Pushes what it shall hold. */
  fill?: (registry: DockerRegistry) => Promise<void>;
}

/** A running docker-registry. */
export interface DockerRegistry {
  url: string;
  /** PEM of its authority, with TLS. */
  ca?: string;
  /** What a push needs beside the address. */
  login: { username?: string; password?: string; ca?: string };
  stop(): Promise<void>;
}

/**
 * Starts docker-registry with an empty store on a free port.
 *
 * @throws Error when it ends, or does not answer within 10 seconds
 */
export async function startDockerRegistry(
  setUp: DockerRegistrySetUp = {},
): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const port = await freePort();
  const ca = setUp.tls ? await writeCertificate(folder) : undefined;
  await writeFile(join(folder, 'htpasswd'), `${HTPASSWD}\n`);
  const url = `${setUp.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const login = {
    ...(setUp.htpasswd && dockerRegistryUser),
    ...(ca && { ca }),
  };
  let child: ChildProcess | undefined;
  const start = async (readOnly: boolean) => {
    const file = join(folder, 'config.yml');
    const configuration = configurationOf(folder, port, setUp, readOnly);
    await writeFile(file, stringify(configuration));
    child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
    await answering(url, login, child);
  };
  const halt = async () => {
    if (child && child.exitCode === null) {
      const ended = new Promise(resolve => {
        child?.once('exit', resolve);
      });
      child.kill();
      await ended;
    }
  };
  const stop = async () => {
    await halt();
    await rm(folder, { recursive: true, force: true });
  };
  const registry = { url, ...(ca && { ca }), login, stop };
  try {
    await start(false);
    await setUp.fill?.(registry);
    if (setUp.readOnly) {
      await halt();
      await start(true);
    }
    return registry;
  } catch (error) {
    await stop();
    throw error;
  }
}

function configurationOf(
  folder: string,
  port: number,
  { htpasswd, tls }: DockerRegistrySetUp,
  readOnly: boolean,
) {
  return {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: join(folder, 'data') },
      delete: { enabled: true },
      ...(readOnly && { maintenance: { readonly: { enabled: true } } }),
    },
    http: {
      addr: `127.0.0.1:${port}`,
      ...(tls && {
        tls: {
          certificate: join(folder, 'server.crt'),
          key: join(folder, 'server.key'),
        },
      }),
    },
    ...(htpasswd && {
      auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
    }),
  };
}

/** @returns PEM of the authority that signed it */
async function writeCertificate(folder: string): Promise<string> {
  const authority = await createCertificateAuthority();
  const { certificate, key } = await createServerCertificate(authority, [
    '127.0.0.1',
  ]);
  await writeFile(join(folder, 'server.crt'), certificate);
  await writeFile(join(folder, 'server.key'), key, { mode: 0o600 });
  return authority.ca;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

async function answering(
  url: string,
  login: DockerRegistry['login'],
  child: ChildProcess,
): Promise<void> {
  const connection = new PushConnection({ url, ...login });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) {
      throw new Error(`docker-registry ended with ${child.exitCode}`);
    }
    const isUp = await connection.send('/v2/', { method: 'GET' }).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isUp) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error('docker-registry did not answer within 10 seconds');
}
