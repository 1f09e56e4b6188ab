import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDevelopmentConfig } from './developmentConfig.mts';
import { readSettings } from './settings.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const { sandboxConfigFile } = writeDevelopmentConfig(readSettings(root));
if (!sandboxConfigFile) {
  throw new Error('app-config turns the sandbox off: sandbox: false');
}
const child = spawn(
  join(root, 'scripts', 'run-ts'),
  ['packages/sandbox/src/cli.ts', '--config', sandboxConfigFile],
  { cwd: root, stdio: 'inherit' },
);
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => child.kill(name));
}
child.on('exit', code => process.exit(code ?? 1));
