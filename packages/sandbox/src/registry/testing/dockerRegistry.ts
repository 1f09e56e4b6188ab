import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the machine has Debian's docker-registry (2.8). */
export const dockerRegistryInstalled =
  spawnSync('docker-registry', ['--version']).status === 0;

/** A running docker-registry. */
export interface DockerRegistry {
  url: string;
  stop(): Promise<void>;
}

/** Starts docker-registry with an empty store on a free port. */
export async function startDockerRegistry(): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const port = await freePort();
  const file = join(folder, 'config.yml');
  await writeFile(
    file,
    [
      'version: 0.1',
      'log: { level: error, accesslog: { disabled: true } }',
      'storage:',
      `  filesystem: { rootdirectory: ${join(folder, 'data')} }`,
      '  delete: { enabled: true }',
      `http: { addr: '127.0.0.1:${port}' }`,
      '',
    ].join('\n'),
  );
  const child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return {
    url,
    stop: async () => {
      const ended = new Promise(resolve => {
        child.once('exit', resolve);
      });
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
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

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) {
      throw new Error(`docker-registry ended with ${child.exitCode}`);
    }
    const up = await fetch(`${url}/v2/`).then(
      answer => answer.ok,
      () => false,
    );
    if (up) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error('docker-registry did not answer within 5 seconds');
}
