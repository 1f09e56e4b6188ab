import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSettings } from './settings.mts';
import { startPortal } from './startPortal.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

async function main() {
  const { values } = parseArgs({
    options: {
      'no-open': { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
    },
  });
  const begin = Date.now();
  const interrupted = new Promise<number>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => resolve(0));
    }
  });
  const portal = await startPortal({
    settings: readSettings(root),
    mode: values.built ? 'built' : 'watched',
    openBrowser: !values['no-open'],
  });

  const failed = portal.ready.then(
    () => {
      const seconds = ((Date.now() - begin) / 1000).toFixed(0);
      process.stdout.write(
        `\nThe portal is ready after ${seconds} s: ${portal.url}  (Ctrl-C ends it)\n\n`,
      );
      return new Promise<number>(() => {});
    },
    (error: unknown) => {
      process.stderr.write(`${error}\n`);
      return 1;
    },
  );
  const code = await Promise.race([portal.ended, interrupted, failed]);
  await portal.stop();
  process.exit(code);
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
