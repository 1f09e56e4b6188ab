import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How one process is started. */
export interface ProcessOptions {
  /** Stands before each line of its output. */
  name: string;
  command: string;
  arguments: string[];
  cwd: string;
  environment?: NodeJS.ProcessEnv;
}

/** Time between asking a process to end and ending it, in ms. */
const PATIENCE = 8_000;

/**
 * Processes that live and die together: when one of them ends, all do.
 * Each leads a process group, so that its own children end with it.
 */
export class ProcessGroup {
  readonly #print: (line: string) => void;
  readonly #children = new Map<string, ChildProcess>();
  readonly #ended: Promise<number>;
  #reportEnd: (code: number) => void = () => {};
  #stopping = false;

  /** `print` gets each line that a process writes. */
  constructor(
    print: (line: string) => void = line => process.stdout.write(`${line}\n`),
  ) {
    this.#print = print;
    this.#ended = new Promise(resolve => {
      this.#reportEnd = resolve;
    });
  }

  start(options: ProcessOptions) {
    const { name } = options;
    const child = spawn(options.command, options.arguments, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        this.#print(`[${name}] ${line}`);
      });
    }
    child.on('error', error => {
      this.#print(`[${name}] ${error.message}`);
      this.#reportEnd(1);
    });
    child.on('exit', (code, signal) => {
      this.#children.delete(name);
      if (!this.#stopping) {
        this.#print(`[${name}] ended (${signal ?? code})`);
      }
      this.#reportEnd(code ?? 1);
    });
    this.#children.set(name, child);
  }

  /** Resolves with the exit code of the first process that ends. */
  firstEnd(): Promise<number> {
    return this.#ended;
  }

  /** Asks every process to end, and insists after a while. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const children = [...this.#children.values()];
    await Promise.all(
      children.map(
        child =>
          new Promise<void>(resolve => {
            const insist = setTimeout(() => signal(child, 'SIGKILL'), PATIENCE);
            child.once('exit', () => {
              clearTimeout(insist);
              // What a process left behind in its group.
              signal(child, 'SIGKILL');
              resolve();
            });
            signal(child, 'SIGTERM');
          }),
      ),
    );
  }
}

function signal(child: ChildProcess, name: NodeJS.Signals) {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
