import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian packages that some tests use, by the command that each brings. */
const tools = {
  'docker-registry': 'tests against the real registry',
  skopeo: 'tests that push with skopeo',
  chromium: 'tests in a browser',
};

export type Tool = keyof typeof tools;

function has(command: Tool): boolean {
  return (
    spawnSync('bash', ['-c', 'command -v "$0"', command], { stdio: 'ignore' })
      .status === 0
  );
}

const allTools = Object.keys(tools) as Tool[];

/**
 * Installs what is missing where that is possible (root on Debian), and
 * returns a sentence for each tool that tests have to do without.
 */
export function ensureSystemTools(
  wanted: readonly Tool[] = allTools,
): string[] {
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
  return missing
    .filter(tool => !has(tool))
    .map(tool => `${tool} is not installed: skipping ${tools[tool]}`);
}
