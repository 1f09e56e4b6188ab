import { ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { eventually } from './eventually';

const packageFolder = resolve(__dirname, '../../..');
const repositoryFolder = resolve(packageFolder, '../..');
/** Lines of its output that are told when it does not start. */
const TOLD_LINES = 40;

/** The portal's backend as a process of its own that can be killed. */
export class BackendProcess {
  #child: ChildProcess | undefined;
  readonly #log: WriteStream;
  private readonly logFile: string;

  /**
   * @param folder - holds `app-config.yaml` and a `package.json`; gets the log.
   * The portal runs there: in the repository it would read the configuration
   * schemas of all packages first, a third of the work of a start.
   */
  constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly nodeArguments: readonly string[] = [],
  ) {
    this.logFile = join(folder, 'backend.log');
    this.#log = createWriteStream(this.logFile, { flags: 'a' });
  }

  /** Of the running process; a restart changes it. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the process; it does not answer yet. */
  spawn(): void {
    this.#log.write('--- start\n');
    const child = spawn(
      process.execPath,
      [
        ...this.nodeArguments,
        ...program(),
        '--config',
        join(this.folder, 'app-config.yaml'),
      ],
      { cwd: this.folder, env: environment(), stdio: 'pipe' },
    );
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    this.#child = child;
  }

  /**
   * Resolves when the portal answers.
   * @throws Error with the end of its log
   */
  async ready(timeoutMs = 240_000): Promise<void> {
    let ended: string | undefined;
    this.#child?.once('exit', (code, signal) => {
      ended = `The portal ended (${signal ?? code})`;
    });
    try {
      await eventually(
        async () => {
          if (ended) {
            return;
          }
          const { ok } = await fetch(
            `${this.url}/.backstage/health/v1/readiness`,
          );
          if (!ok) {
            throw new Error('The portal is not ready');
          }
        },
        { timeoutMs, intervalMs: 50 },
      );
      if (ended) {
        throw new Error(ended);
      }
    } catch (error) {
      throw new Error(`${error}\n${await this.logTail()}`);
    }
  }

  async start(): Promise<void> {
    this.spawn();
    await this.ready();
  }

  /** Ends it as a power cut does: nothing is told, nothing is flushed. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    const ended = new Promise<void>(done => {
      child.once('exit', () => done());
    });
    child.kill(signal);
    await ended;
  }

  /** Lets it stand still: it answers nobody, renews nothing, knows nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** Lets it go on with what it was doing, as if no time had passed. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.kill();
    await new Promise<void>(done => {
      this.#log.end(done);
    });
  }

  async logTail(): Promise<string> {
    const text = await readFile(this.logFile, 'utf8').catch(() => '');
    return text.split('\n').slice(-TOLD_LINES).join('\n');
  }
}

/** The bundle that `./run test` makes, or the sources, which start slower. */
function program(): string[] {
  const { SLIPWAY_BACKEND_BUNDLE: bundle } = process.env;
  return bundle
    ? [bundle]
    : [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs', {
          paths: [repositoryFolder],
        }),
        join(packageFolder, 'src', 'index.ts'),
      ];
}

/** Jest's own settings do not concern the portal. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _o, JEST_WORKER_ID: _w, ...rest } = process.env;
  return {
    ...rest,
    NODE_ENV: 'development',
    // A start compiles as little as it can: tests start it very often.
    NODE_COMPILE_CACHE: join(
      repositoryFolder,
      'node_modules',
      '.cache',
      'slipway-backend',
    ),
    FORCE_COLOR: '0',
    // A line for each request is work that tells nobody anything.
    LOG_LEVEL: process.env.SLIPWAY_LOG_LEVEL ?? 'warn',
  };
}
