import { appendFileSync } from 'node:fs';
import { Ledger } from '../Ledger';
import { ChaosStorm } from './ChaosStorm';
import { chaosTargets } from './ChaosTarget';
import { Chronicle, writesIn } from './Chronicle';

/** What one storm came to. */
export interface ChaosResult {
  test: string;
  seed: number;
  /** Rollouts that were asked for, by hand or by a push. */
  asked: number;
  kills: number;
  /** How often a replica stood still for longer than its leases. */
  freezes: number;
  /** How often each kind of fault came. */
  spells: Record<string, number>;
  /** Requests of people and of registries that had to be sent. */
  requests: number;
  /** Cancels, rollbacks and retries by people that were taken. */
  meddled: number;
  /** Rollouts by state. */
  rollouts: Record<string, number>;
  /** Changes of templates, as the cluster saw them. */
  writes: number;
  /** Seconds from the first request until nothing was left to do. */
  seconds: number;
}

/** What happened, for the log and, in the file it names, `./run test:soak`. */
export function tellChaos(
  { begin, ...about }: { test: string; seed: number; begin: number },
  storm: ChaosStorm,
  { rollouts }: Ledger,
  chronicle: Chronicle,
): void {
  const states: Record<string, number> = {};
  for (const { state } of rollouts) {
    states[state] = (states[state] ?? 0) + 1;
  }
  const told: ChaosResult = {
    ...about,
    asked: storm.asked.length,
    kills: storm.kills.length,
    freezes: storm.freezes,
    spells: storm.weather.spells,
    requests: storm.requests.attempts + storm.sender.attempts,
    meddled: storm.requests.meddled,
    rollouts: states,
    writes: chaosTargets.flatMap(({ ref }) =>
      writesIn(chronicle.momentsOf(ref)),
    ).length,
    seconds: Math.round((Date.now() - begin) / 1000),
  };
  const line = JSON.stringify(told);
  process.stdout.write(`chaos test: ${line}\n`);
  const { SLIPWAY_CHAOS_RESULTS: file } = process.env;
  if (file) {
    appendFileSync(file, `${line}\n`);
  }
}
