import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDevelopmentConfig } from './developmentConfig.mts';
import { isOpen, requireFree } from './ports.mts';
import { ProcessGroup } from './ProcessGroup.mts';
import { seedPortal } from './seedPortal.mts';
import { readSettings, type Settings } from './settings.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

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

function startSandbox(group: ProcessGroup, configFile: string) {
  group.start({
    name: 'sandbox',
    command: join(root, 'scripts', 'run-ts'),
    arguments: ['packages/sandbox/src/cli.ts', '--config', configFile],
    cwd: root,
  });
}

function startPackage(
  group: ProcessGroup,
  name: 'app' | 'backend',
  configFiles: string[],
  environment?: NodeJS.ProcessEnv,
) {
  group.start({
    name,
    command: process.execPath,
    arguments: [
      join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'package',
      'start',
      ...configFiles.flatMap(file => ['--config', file]),
    ],
    cwd: join(root, 'packages', name),
    environment,
  });
}

async function portalIsUp({ ports }: Settings) {
  const backend = `http://localhost:${ports.backend}`;
  await Promise.all([
    until(() => answers(`${backend}/.backstage/health/v1/readiness`)),
    until(() => answers(`http://localhost:${ports.app}/`)),
  ]);
}

async function start() {
  const { values } = parseArgs({
    options: { 'no-open': { type: 'boolean', default: false } },
  });
  const begin = Date.now();
  const settings = readSettings(root);
  const { app, backend, ...sandboxPorts } = settings.ports;
  const { configFiles, sandboxConfigFile } = writeDevelopmentConfig(settings);
  await requireFree({
    app,
    backend,
    ...(sandboxConfigFile ? sandboxPorts : {}),
  });

  const group = new ProcessGroup();
  const interrupted = new Promise<number>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => resolve(0));
    }
  });
  startPackage(group, 'app', configFiles, {
    ...(values['no-open'] ? { BROWSER: 'none' } : {}),
  });
  const cluster = join(settings.data, 'sandbox', 'kubeconfig');
  const ready = (async () => {
    if (sandboxConfigFile) {
      startSandbox(group, sandboxConfigFile);
      // The backend reads the kubeconfig when it starts.
      await until(
        async () =>
          existsSync(cluster) &&
          (await isOpen(sandboxPorts.cluster)) &&
          (await isOpen(sandboxPorts.registry)),
      );
    }
    startPackage(group, 'backend', configFiles);
    await portalIsUp(settings);
    if (sandboxConfigFile) {
      await seedPortal(settings);
    }
    const seconds = ((Date.now() - begin) / 1000).toFixed(0);
    process.stdout.write(
      `\nThe portal is ready after ${seconds} s: http://localhost:${app}  (Ctrl-C ends it)\n\n`,
    );
  })();

  const failed = ready.then(
    () => new Promise<number>(() => {}),
    (error: unknown) => {
      process.stderr.write(`${error}\n`);
      return 1;
    },
  );
  const code = await Promise.race([group.firstEnd(), interrupted, failed]);
  await group.stop();
  process.exit(code);
}

start().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
