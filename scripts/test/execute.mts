import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** How a program ended, and what it wrote to either output. */
export interface Execution {
  ok: boolean;
  output: string;
}

/**
 * Runs a program to its end; several may run at the same time.
 *
 * @param options - `niceness`: 0 to 19, how far it lets others go first; default 0
 */
export async function execute(
  command: string,
  args: readonly string[],
  options: {
    cwd: string;
    environment?: NodeJS.ProcessEnv;
    niceness?: number;
  },
): Promise<Execution> {
  // One pipe for both outputs keeps their lines in order.
  const line = `exec nice -n ${options.niceness ?? 0} "$0" "$@" 2>&1`;
  const child = spawn('sh', ['-c', line, command, ...args], {
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
