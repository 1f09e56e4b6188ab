import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian packages that are used, by the command that each brings. */
const tools = {
  'docker-registry': 'tests against the real registry',
  skopeo: 'tests that push with skopeo',
  chromium: 'tests in a browser',
  wrk: 'measurements of the webhook',
};

export type Tool = keyof typeof tools;

/** What `./run test` uses. */
export const testTools: readonly Tool[] = [
  'docker-registry',
  'skopeo',
  'chromium',
];

function has(command: Tool): boolean {
  return (
    spawnSync('bash', ['-c', 'command -v "$0"', command], { stdio: 'ignore' })
      .status === 0
  );
}

/**
 * Installs what is missing where that is possible: as root on Debian.
 * @returns what is missing still
 */
function install(wanted: readonly Tool[]): Tool[] {
  const missing = wanted.filter(tool => !has(tool));
  if (missing.length === 0) {
    return [];
  }
  const canInstall =
    process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (canInstall) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { stdio: 'inherit', env: environment } as const;
    try {
      execFileSync('apt-get', ['-qq', 'update'], options);
      execFileSync(
        'apt-get',
        ['-qq', '-y', 'install', '--no-install-recommends', ...missing],
        options,
      );
    } catch (error) {
      process.stderr.write(`apt-get could not install: ${error}\n`);
    }
  }
  return missing.filter(tool => !has(tool));
}

/** Installs what it can; a sentence for each tool that tests do without. */
export function ensureSystemTools(wanted: readonly Tool[]): string[] {
  return install(wanted).map(
    tool => `${tool} is not installed: skipping ${tools[tool]}`,
  );
}

/**
 * Installs what it can.
 * @throws Error when one is missing still
 */
export function needSystemTools(wanted: readonly Tool[]): void {
  const missing = install(wanted);
  if (missing.length > 0) {
    throw new Error(`Not installed: apt-get install ${missing.join(' ')}`);
  }
}
