import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';

/** What figures were measured on, one line. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores of ${cpu.model.trim()}, ${memory} GiB, Node ${
    process.versions.node
  }, ${process.platform}`;
}

/** Day and commit of a measurement. */
export function when(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: resolve(__dirname, '../..'),
    encoding: 'utf8',
  }).trim();
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit}`;
}
