import { readFileSync } from 'node:fs';

/** Of Linux, whatever its clock; `getconf CLK_TCK`. */
const TICK_MS = 10;

/**
 * CPU that a process and its threads have used, in user mode and in the
 * kernel, in ms.
 *
 * @throws Error when there is no such process
 */
export function processCpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name before the last bracket may hold anything (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]].map(Number);
  return (user + system) * TICK_MS;
}
