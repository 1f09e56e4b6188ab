import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** How a program ended, and what it wrote to either output. */
export interface Execution {
  ok: boolean;
  output: string;
}

/** Runs a program to its end; several may run at the same time. */
export async function execute(
  command: string,
  args: readonly string[],
  options: { cwd: string; environment?: NodeJS.ProcessEnv },
): Promise<Execution> {
  // One pipe for both outputs keeps their lines in order.
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', command, ...args], {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CI: 'true',
      FORCE_COLOR: '0',
      ...options.environment,
    },
  });
  const status = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const output = await text(child.stdout);
  return { ok: (await status) === 0, output };
}
