import { ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A docker-registry with one repository of many tags. */
export interface FilledRegistry {
  url: string;
  /** `host:port`. */
  host: string;
  repository: string;
  stop(): void;
}

const REPOSITORY = 'bench/many';

/**
 * Starts Debian's docker-registry on a store in which the tags are files
 * already: pushing so many would take an hour. The files are those that
 * distribution itself writes (registry/storage/paths.go).
 *
 * @throws Error when the registry does not answer within 10 seconds
 */
export async function fillRegistry(
  tags: string[],
  port: number,
): Promise<FilledRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'many-tags-'));
  const digest = `sha256:${createHash('sha256').update('many').digest('hex')}`;
  const base = join(
    folder,
    'docker/registry/v2/repositories',
    REPOSITORY,
    '_manifests/tags',
  );
  for (const tag of tags) {
    mkdirSync(join(base, tag, 'current'), { recursive: true });
    writeFileSync(join(base, tag, 'current/link'), digest);
  }
  const host = `127.0.0.1:${port}`;
  const file = join(folder, 'config.yml');
  writeFileSync(
    file,
    [
      'version: 0.1',
      'log: { level: error, accesslog: { disabled: true } }',
      `storage: { filesystem: { rootdirectory: ${folder} } }`,
      `http: { addr: ${host} }`,
    ].join('\n'),
  );
  const child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
  const stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://${host}`;
  try {
    await answering(url, child);
  } catch (error) {
    stop();
    throw error;
  }
  return { url, host, repository: REPOSITORY, stop };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 100) {
    const answer = await fetch(`${url}/v2/`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    if (child.exitCode !== null) {
      break;
    }
    await sleep(100);
  }
  throw new Error('docker-registry did not start');
}
