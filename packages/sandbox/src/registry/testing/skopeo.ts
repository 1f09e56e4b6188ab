import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether the machine has skopeo. */
export const skopeoInstalled = spawnSync('skopeo', ['--version']).status === 0;

/** Runs skopeo and returns what it prints. */
export async function skopeo(...parameters: string[]): Promise<string> {
  const { stdout } = await run('skopeo', ['--insecure-policy', ...parameters]);
  return stdout;
}
