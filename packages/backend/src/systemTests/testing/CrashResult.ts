import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { appendFileSync } from 'node:fs';
import { appliesTo } from './applies';
import { Ledger } from './Ledger';
import { Push } from './WebhookSender';
import { World } from './World';

/** What a storm remembers of itself. */
export interface StormTraces {
  pushes: Push[];
  kills: string[];
  /** Of the database. */
  restarts?: number;
  /** Who called the webhook, and how often. */
  sender: { attempts: number };
}

/** What one storm came to. */
export interface CrashResult {
  test: string;
  seed: number;
  pushes: number;
  kills: number;
  /** Of the database. */
  restarts: number;
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
  storm: StormTraces,
  ledger: Ledger,
  { world, targets }: { world: World; targets: TargetRef[] },
) {
  const told: CrashResult = {
    test,
    seed,
    pushes: storm.pushes.length,
    kills: storm.kills.length,
    restarts: storm.restarts ?? 0,
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
    applies: targets.flatMap(target => appliesTo(world, target)).length,
  };
  const line = JSON.stringify(told);
  process.stdout.write(`crash test: ${line}\n`);
  const { SLIPWAY_CRASH_RESULTS: file } = process.env;
  if (file) {
    appendFileSync(file, `${line}\n`);
  }
}
