import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeDevelopmentConfig } from './developmentConfig.mts';
import { isOpen, requireFree } from './ports.mts';
import { ProcessGroup } from './ProcessGroup.mts';
import { seedPortal } from './seedPortal.mts';
import type { Settings } from './settings.mts';

/** How the portal is started. */
export interface PortalOptions {
  settings: Settings;
  /**
   * `watched`: both halves are built again whenever a file changes.
   * `built`: the backend serves the production build of the frontend, and
   * nothing is watched; the port of the frontend is not used.
   */
  mode: 'watched' | 'built';
  openBrowser: boolean;
  /** What the backend needs beside what is started here. */
  before?: Promise<void>;
  /** Configuration and other variables for the backend. */
  environment?: NodeJS.ProcessEnv;
  /** Gets each line that a process writes; otherwise standard output does. */
  print?: (line: string) => void;
}

/** A portal whose processes run. */
export interface RunningPortal {
  /** Where people go. */
  url: string;
  /** Resolves when the portal can be used and has something to look at. */
  ready: Promise<void>;
  /** Resolves with the exit code of the first process that ends. */
  ended: Promise<number>;
  stop(): Promise<void>;
}

/** Starts frontend, backend and sandbox, each as a process. */
export async function startPortal(
  options: PortalOptions,
): Promise<RunningPortal> {
  const { mode } = options;
  const settings =
    mode === 'built' ? servedByBackend(options.settings) : options.settings;
  const { root, data } = settings;
  const { app, backend, ...sandboxPorts } = settings.ports;
  const { configFiles, sandboxConfigFile } = writeDevelopmentConfig(settings);
  await requireFree({
    app,
    backend,
    ...(sandboxConfigFile ? sandboxPorts : {}),
  });

  const group = new ProcessGroup(options.print);
  const start = async () => {
    if (mode === 'watched') {
      watchPackage(group, root, 'app', configFiles, {
        ...(options.openBrowser ? {} : { BROWSER: 'none' }),
      });
    }
    const built =
      mode === 'built' && !process.env.SLIPWAY_FRONTEND_BUILT
        ? buildFrontend(root)
        : undefined;
    if (sandboxConfigFile) {
      startSandbox(group, root, sandboxConfigFile);
      // The backend reads the kubeconfig when it starts.
      await until(
        async () =>
          existsSync(join(data, 'sandbox', 'kubeconfig')) &&
          (await isOpen(sandboxPorts.cluster)) &&
          (await isOpen(sandboxPorts.registry)),
      );
    }
    await options.before;
    if (mode === 'watched') {
      watchPackage(group, root, 'backend', configFiles, options.environment);
    } else {
      await built;
      runBackend(group, root, configFiles, options.environment);
    }
    await portalIsUp(settings);
    if (sandboxConfigFile) {
      await seedPortal(settings);
    }
  };
  return {
    url: `http://localhost:${app}`,
    ready: start(),
    ended: group.firstEnd(),
    stop: () => group.stop(),
  };
}

function servedByBackend(settings: Settings): Settings {
  const { ports } = settings;
  return { ...settings, ports: { ...ports, app: ports.backend } };
}

function cliOf(root: string) {
  return join(
    root,
    'node_modules',
    '@backstage',
    'cli',
    'bin',
    'backstage-cli',
  );
}

function startSandbox(group: ProcessGroup, root: string, configFile: string) {
  group.start({
    name: 'sandbox',
    command: join(root, 'scripts', 'run-ts'),
    arguments: ['packages/sandbox/src/cli.ts', '--config', configFile],
    cwd: root,
  });
}

function configArguments(configFiles: string[]) {
  return configFiles.flatMap(file => ['--config', file]);
}

function watchPackage(
  group: ProcessGroup,
  root: string,
  name: 'app' | 'backend',
  configFiles: string[],
  environment?: NodeJS.ProcessEnv,
) {
  group.start({
    name,
    command: process.execPath,
    arguments: [
      cliOf(root),
      'package',
      'start',
      ...configArguments(configFiles),
    ],
    cwd: join(root, 'packages', name),
    environment,
  });
}

function runBackend(
  group: ProcessGroup,
  root: string,
  configFiles: string[],
  environment?: NodeJS.ProcessEnv,
) {
  group.start({
    name: 'backend',
    command: join(root, 'scripts', 'run-ts'),
    arguments: ['src/index.ts', ...configArguments(configFiles)],
    cwd: join(root, 'packages', 'backend'),
    environment: { NODE_ENV: 'development', ...environment },
  });
}

/**
 * Builds what browsers load. Its addresses are not in it: the backend puts
 * them into the page.
 *
 * @throws Error with the output of the build when it fails.
 */
export async function buildFrontend(root: string): Promise<void> {
  const child = spawn(process.execPath, [cliOf(root), 'package', 'build'], {
    cwd: join(root, 'packages', 'app'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', chunk => output.push(chunk));
  child.stderr.on('data', chunk => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `The frontend could not be built:\n${Buffer.concat(output)}`,
    );
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function until(condition: () => Promise<boolean>) {
  while (!(await condition())) {
    await sleep(200);
  }
}

async function portalIsUp({ ports }: Settings) {
  const backend = `http://localhost:${ports.backend}`;
  await Promise.all([
    until(() => answers(`${backend}/.backstage/health/v1/readiness`)),
    until(() => answers(`http://localhost:${ports.app}/`)),
  ]);
}
