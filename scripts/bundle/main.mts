import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildFrontend } from '../start/startPortal.mts';
import { codeBySource } from './codeBySource.mts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = join(root, 'packages', 'app', 'dist');
const assets = join(dist, 'static');

/** Of each package's own code in the built portal, in KiB of gzip. */
const MOST = 250;
/** Of it in the scripts that every page loads: what says which pages exist. */
const MOST_AT_ONCE = 16;

interface Sizes {
  /** In all files, also where a file repeats another. */
  all: number;
  /** In the files that the first page loads. */
  atOnce: number;
}

function kibibytes(parts: string[]): number {
  return (
    parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0) /
    1024
  );
}

function frontendPackages(): string[] {
  return readdirSync(join(root, 'plugins')).filter(name => {
    const file = join(root, 'plugins', name, 'package.json');
    const { role } = JSON.parse(readFileSync(file, 'utf8')).backstage;
    return role === 'frontend-plugin' || role === 'web-library';
  });
}

/** What each package has in a file, of its own sources. */
function ownCode(file: string, packages: string[]): Map<string, string> {
  const code = readFileSync(join(assets, file), 'utf8');
  const map = JSON.parse(readFileSync(join(assets, `${file}.map`), 'utf8'));
  const own = new Map<string, string>();
  for (const [source, text] of codeBySource(code, map)) {
    const name = packages.find(each =>
      source.includes(`/plugins/${each}/src/`),
    );
    if (name) {
      own.set(name, (own.get(name) ?? '') + text);
    }
  }
  return own;
}

function measure(): Map<string, Sizes> {
  const packages = frontendPackages();
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const names = readdirSync(assets);
  const files = names.filter(
    name => name.endsWith('.js') && names.includes(`${name}.map`),
  );
  const code = files.map(file => ({
    atOnce: page.includes(`static/${file}`),
    own: ownCode(file, packages),
  }));
  const sizeOf = (name: string, chosen: typeof code) =>
    kibibytes(chosen.flatMap(({ own }) => own.get(name) ?? []));
  return new Map(
    packages.map(name => [
      name,
      {
        all: sizeOf(name, code),
        atOnce: sizeOf(
          name,
          code.filter(({ atOnce }) => atOnce),
        ),
      },
    ]),
  );
}

async function main() {
  await buildFrontend(root);
  for (const [name, { all, atOnce }] of measure()) {
    const ok = all > 0 && all <= MOST && atOnce <= MOST_AT_ONCE;
    process.stdout.write(
      `${ok ? 'ok' : 'TOO MUCH'}  ${name}: ${all.toFixed(1)} KiB of gzip ` +
        `(at most ${MOST}), of which ${atOnce.toFixed(1)} KiB on every page ` +
        `(at most ${MOST_AT_ONCE})\n`,
    );
    if (!ok) {
      process.exitCode = 1;
    }
  }
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
