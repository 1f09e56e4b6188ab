import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import {
  measureSlowness,
  YARDSTICK,
  YARDSTICK_MS,
} from '../../../plugins/image-registry-common/benchmarks/yardstick';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import { BenchPolicy, DecidingRoom } from './decidingRoom';

const file = resolve(__dirname, '../../../docs/benchmarks/decision.md');

const REPOSITORY = 'bench/monorepo';
const TAGS = 50_000;
const POLICIES = 1_000;
/** Pushes of each kind before those that count: the compiler is still at work. */
const STARTED = 40;
/** The same in a backend that has run for a while. */
const WARM_UP = 400;
const PUSHES = 100;
/** Of the median, in ms of CPU. */
const LIMIT_MS = 5;

/** Of one push, both in ms. */
interface Cost {
  cpuMs: number;
  ms: number;
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Each follows the builds of its own service in the one repository. */
function policies(): BenchPolicy[] {
  return Array.from({ length: POLICIES }, (_, n) => ({
    name: `service-${n}`,
    rule: {
      kind: 'numeric',
      key: { pattern: `service-${n}-build-([0-9]+)` },
    },
    head: {
      tag: `service-${n}-build-1`,
      digest: digestOf(`service-${n}-build-1`),
    },
  }));
}

/**
 * Measures what one push costs where a thousand policies listen, and writes
 * its page.
 */
export async function benchDecision(): Promise<{ missed: string[] }> {
  const [load] = loadavg();
  const slowness = measureSlowness();
  const room = await DecidingRoom.start();
  try {
    await room.addTags(
      REPOSITORY,
      Array.from({ length: TAGS }, (_, n) => `old-${n}`),
    );
    await room.addPolicies(REPOSITORY, policies());
    const started: Cost[] = [];
    const taken: Cost[] = [];
    const ignored: Cost[] = [];
    let heads = 0;
    for (let n = 0; n < WARM_UP + PUSHES; n++) {
      const before = room.heads;
      const tag = `service-${(n * 7) % POLICIES}-build-${n + 2}`;
      const pushed = await room.push(REPOSITORY, tag, digestOf(tag));
      const other = await room.push(
        REPOSITORY,
        `nobody-${n}`,
        digestOf(`nobody-${n}`),
      );
      if (pushed.outcome !== 'deployed' || other.outcome !== 'ignored') {
        throw new Error(`${tag} was ${pushed.outcome}, not deployed`);
      }
      if (n >= STARTED && n < STARTED + PUSHES) {
        started.push(pushed);
      }
      if (n >= WARM_UP) {
        taken.push(pushed);
        ignored.push(other);
        heads += room.heads - before;
      }
    }
    const row = (name: string, all: Cost[]) => {
      const cpu = all.map(({ cpuMs }) => cpuMs);
      const median = quantile(cpu, 0.5);
      return `| ${[
        name,
        ms(median),
        `${(median / LIMIT_MS).toFixed(2)}, ${(
          median /
          LIMIT_MS /
          slowness
        ).toFixed(2)}`,
        ms(quantile(cpu, 0.95)),
        ms(
          quantile(
            all.map(each => each.ms),
            0.5,
          ),
        ),
      ].join(' | ')} |`;
    };
    const page = [
      '# One push and a thousand policies, measured',
      '',
      `\`./run bench\` writes this page. A repository of ${TAGS} tags with ${POLICIES} policies, each of which follows the builds of its own service; one push at a time, from the claim of its event to the commit of its decision, with the plugin's own classes on a SQLite file that flushes at each commit. CPU is that of the process, all threads; the warm process of a backend that has been running (${WARM_UP} pushes of each kind before the ${PUSHES} that count, and for comparison ${STARTED}, while its code is still being compiled).`,
      '',
      `${machine()}. ${when()}. Load of the machine at the beginning: ${load.toFixed(
        1,
      )}. The limit was set where ${YARDSTICK} over 50 000 tags took ${YARDSTICK_MS} ms; here it takes ${slowness.toFixed(
        2,
      )} times as long. Behind the median stands its share of the limit, and of what the limit comes to on this machine.`,
      '',
      `| | CPU, median, ms | of the limit (${LIMIT_MS}) | CPU, 95 %, ms | time, median, ms |`,
      '|---|---|---|---|---|',
      row('one policy deploys, 999 say why not', taken),
      row('none takes the tag, 1 000 say why not', ignored),
      row(`one policy deploys, after ${STARTED} pushes`, started),
      '',
      `Requests to the registry: ${(heads / PUSHES / 2).toFixed(2)} a push.`,
      '',
    ].join('\n');
    writeFileSync(file, page);
    process.stdout.write(page);
    const median = quantile(
      taken.map(({ cpuMs }) => cpuMs),
      0.5,
    );
    return {
      missed:
        median > LIMIT_MS * slowness || heads !== 2 * PUSHES
          ? ['decision over 1 000 policies']
          : [],
    };
  } finally {
    await room.stop();
  }
}

if (require.main === module) {
  benchDecision().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
