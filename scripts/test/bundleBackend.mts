import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { apiDocumentsTrusted } from './apiDocumentsTrusted.mts';
import { cloudsWhenUsed } from './cloudsWhenUsed.mts';
import { kindsWhenUsed } from './kindsWhenUsed.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Addons, and what packages ask for in case that somebody installed it. */
const external = [
  '@google-cloud/cloud-sql-connector',
  'better-sqlite3',
  'mariadb',
  'mysql',
  'oracledb',
  // Reads a file beside itself.
  'pg-format',
  'pg-native',
  'sqlite3',
  'tedious',
  // Reads types of configuration where there is source; a third of all bytes.
  'typescript',
];

/** Of most processes nothing is left but this: they are killed. */
const rememberCompiled =
  "setTimeout(() => require('node:module').flushCompileCache(), 10_000).unref();";

/**
 * Puts the backend and all that it loads into one file, which starts twice as
 * fast: system tests start it some hundred times.
 *
 * @returns path of the file; from there packages are found as usual
 */
export async function bundleBackend(): Promise<string> {
  const file = join(
    root,
    'node_modules',
    '.cache',
    'slipway-backend',
    'backend.cjs',
  );
  await build({
    entryPoints: [join(root, 'packages', 'backend', 'src', 'index.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    keepNames: true,
    logLevel: 'error',
    footer: { js: rememberCompiled },
    external,
    plugins: [cloudsWhenUsed, kindsWhenUsed, apiDocumentsTrusted],
  });
  return file;
}
