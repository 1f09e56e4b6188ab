import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Failure, failureLines } from './failures.mts';
import { inTurns } from './inTurns.mts';
import { reports, type Step, steps, unnamedFailure } from './steps.mts';
import { ensureSystemTools, testTools } from './systemTools.mts';
import { sum, summaryLine, type Totals } from './totals.mts';

/** Of two processors: the workers of one step, and a check beside them. */
const PLACES = 3;

interface Result {
  totals: Totals;
  failures: Failure[];
  unsteady: Failure[];
  seconds: number;
}

function chosenSteps(only: string[] | undefined): Step[] {
  const names = steps.map(({ name }) => name);
  const unknown = (only ?? []).filter(name => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `No step ${unknown.join(', ')}; there are ${names.join(', ')}`,
    );
  }
  return steps.filter(({ name }) => only?.includes(name) ?? true);
}

function lines(all: string[]): string {
  return all.map(line => `${line}\n`).join('');
}

async function main() {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true } },
  });
  const chosen = chosenSteps(values.only);
  mkdirSync(reports, { recursive: true });
  const gaps = ensureSystemTools(testTools);

  const results = new Map<string, Result>();
  const run = async ({ name, run: runStep }: Step) => {
    process.stdout.write(`-- ${name} begins\n`);
    const begin = Date.now();
    // What cannot begin ends nothing else: its failure is told with the others.
    const {
      totals,
      failures,
      unsteady = [],
      output,
    } = await runStep().catch(error =>
      unnamedFailure(name, `${error.stack}\n`),
    );
    const seconds = Math.round((Date.now() - begin) / 1000);
    results.set(name, { totals, failures, unsteady, seconds });
    process.stdout.write(`\n== ${name} (${seconds} s)\n${output}`);
  };
  await inTurns(
    chosen.map(step => ({ ...step, run: () => run(step) })),
    PLACES,
  );

  const all = chosen.map(({ name }) => results.get(name)!);
  const unsteady = all.flatMap(each => each.unsteady);
  const failures = all.flatMap(each => each.failures);
  process.stdout.write(
    `\n${lines(failureLines(unsteady, 'passed at a second try'))}`,
  );
  process.stdout.write(lines(failureLines(failures)));
  for (const { name } of chosen) {
    const { totals, seconds } = results.get(name)!;
    process.stdout.write(`${name} (${seconds} s): ${summaryLine(totals)}\n`);
  }
  for (const gap of gaps) {
    process.stdout.write(`${gap}\n`);
  }
  const total = sum(all.map(each => each.totals));
  process.stdout.write(`${summaryLine(total)}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
