import { appendFileSync } from 'node:fs';
import { Ledger } from './Ledger';
import { Storm } from './Storm';

/** What one storm came to. */
export interface CrashResult {
  test: string;
  seed: number;
  pushes: number;
  kills: number;
  /** Calls of the webhook, refused and unanswered ones among them. */
  sends: number;
  /** Counts by outcome or state. */
  deliveries: Record<string, number>;
  decisions: Record<string, number>;
  rollouts: Record<string, number>;
  /** Writes that the cluster took. */
  applies: number;
}

function count(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) {
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** What happened, for the log and, in the file it names, `./run test:soak`. */
export function tell(
  test: string,
  seed: number,
  storm: Storm,
  ledger: Ledger,
  applies: number,
) {
  const told: CrashResult = {
    test,
    seed,
    pushes: storm.pushes.length,
    kills: storm.kills.length,
    sends: storm.sender.attempts,
    deliveries: count(ledger.deliveries.map(({ outcome }) => outcome)),
    decisions: count(
      [...ledger.decisions.values()].flat().map(({ outcome }) => outcome),
    ),
    rollouts: count(
      ledger.rollouts
        .filter(({ policyId }) => ledger.decisions.has(policyId ?? ''))
        .map(({ state }) => state),
    ),
    applies,
  };
  const line = JSON.stringify(told);
  process.stdout.write(`crash test: ${line}\n`);
  const { SLIPWAY_CRASH_RESULTS: file } = process.env;
  if (file) {
    appendFileSync(file, `${line}\n`);
  }
}
