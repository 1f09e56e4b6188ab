import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Load, LoadResult } from './load';

const script = resolve(__dirname, 'push.lua');

/** What came of a route that was called as often as it answered. */
export type Saturated = Pick<LoadResult, 'answered' | 'failed' | 'perSecond'>;

/** What `push.lua` tells at the end. */
interface Told {
  answered: number;
  /** Answers other than 2xx, and calls without an answer. */
  failed: number;
  seconds: number;
}

/**
 * Sends one call after the other on each connection, by wrk: what it takes of
 * the CPU is a fraction of what a load process in Node takes away from the
 * database on a small machine, and its calls come in bursts.
 *
 * @param tagged - whether each push is of a tag, and so is to be decided
 * @throws Error when wrk is missing or fails
 */
export async function runWrk(
  { url, authorization, seconds, connections }: Load,
  tagged: boolean = false,
): Promise<Saturated> {
  const { stderr } = await promisify(execFile)(
    'wrk',
    [
      '--threads=1',
      `--connections=${connections}`,
      `--duration=${seconds}s`,
      `--script=${script}`,
      url,
    ],
    {
      env: {
        ...process.env,
        AUTHORIZATION: authorization,
        TAGGED: tagged ? '1' : '0',
      },
    },
  );
  const { answered, failed, seconds: taken } = JSON.parse(stderr) as Told;
  return { answered, failed, perSecond: answered / taken };
}
