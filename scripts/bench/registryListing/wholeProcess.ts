import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processCpuMs } from '../processCpu';

/** What a program took, from its start to its end. */
export interface ProcessFigures {
  ms: number;
  /** Most memory that it had at once, in KiB; Linux only. */
  peakKib: number;
  /** User and system time; Linux only. */
  cpuMs: number;
  /** Bytes that it wrote. */
  bytes: number;
}

/** Milliseconds between two looks at the memory of a process. */
const LOOK_MS = 2;

/** @throws Error with what it wrote when the program fails */
export async function wholeProcess(
  command: string,
  args: string[],
): Promise<ProcessFigures> {
  const begin = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let bytes = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  child.stderr.on('data', chunk => {
    complaint += chunk;
  });
  let peakKib = 0;
  let cpuMs = 0;
  const look = setInterval(() => {
    peakKib = Math.max(peakKib, peakOf(child.pid));
    cpuMs = Math.max(cpuMs, cpuOf(child.pid));
  }, LOOK_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(look);
  const ms = performance.now() - begin;
  if (code !== 0) {
    throw new Error(
      `${command} ended with ${code}: ${complaint.slice(0, 500)}`,
    );
  }
  return { ms, peakKib, cpuMs, bytes };
}

/** The kernel's own high-water mark, so that a look may come late. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function cpuOf(pid: number | undefined): number {
  try {
    return pid === undefined ? 0 : processCpuMs(pid);
  } catch {
    return 0;
  }
}
