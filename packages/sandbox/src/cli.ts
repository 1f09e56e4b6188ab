import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from './startSandbox';

const USAGE = 'usage: cli.ts --config <JSON file>; see README.md';

async function main(): Promise<void> {
  const stopping = new Promise<void>(done => {
    process.once('SIGTERM', () => done());
    process.once('SIGINT', () => done());
  });
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (!values.config) {
    throw new Error(USAGE);
  }
  const sandbox = await startSandbox(
    await readConfigurationFile(values.config),
  );
  const ready = {
    ready: true,
    registry: sandbox.registry.url,
    kubernetes: sandbox.kubernetes.url,
    control: sandbox.control.url,
    vendors: sandbox.vendors?.proxyUrl,
    kubeconfig: sandbox.kubeconfigFile,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  await stopping;
  await sandbox.stop();
}

/** A relative directory belongs to the file's own folder. */
async function readConfigurationFile(file: string) {
  const value = JSON.parse(await readFile(file, 'utf8'));
  return typeof value?.directory === 'string'
    ? { ...value, directory: resolve(dirname(file), value.directory) }
    : value;
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`sandbox: ${message}\n`);
  process.exitCode = 1;
});
