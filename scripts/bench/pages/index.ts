import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { machine, when } from '../machine';
import { ms, quantile } from '../statistics';
import { FEW, MANY } from './workloads.mts';
import type {
  KeystrokeFigures,
  OpenTabsFigures,
  PageFigures,
} from './figures.mts';

const file = resolve(__dirname, '../../../docs/benchmarks/pages.md');

/** What the issues ask of the medians, in ms; of watches, how many. */
const limits = { firstContent: 300, keystroke: 50, watches: 1 };
/** A watch is resumed after so many seconds at the soonest. */
const WATCH_SECONDS = 240;

/** A browser and its portal, by what is written as modules of the language. */
async function measure(): Promise<PageFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    resolve(__dirname, 'measure.mts'),
  ]);
  return JSON.parse(stdout) as PageFigures;
}

function cells(...values: string[]): string {
  return `| ${values.join(' | ')} |`;
}

function quantiles(values: number[], limit: string): string[] {
  return [
    ms(quantile(values, 0.5)),
    ms(quantile(values, 0.95)),
    ms(Math.max(...values)),
    limit,
    String(values.length),
  ];
}

function deployTab({ deployTab: components }: PageFigures): string[] {
  return [
    '## First content of the deploy tab',
    '',
    'Three clusters with 200 workloads each, one of them cut off, and a small fourth. From the tab’s mount, its code loaded, to the frame that shows the first card; the browser comes from the tab beside it. *From the press* adds what the portal takes to leave that one.',
    '',
    '| component with so many workloads in each cluster | median, ms | 95 %, ms | most, ms | limit of the median, ms | runs | from the press, median, ms |',
    '|---|---|---|---|---|---|---|',
    ...components.map(({ component, firstContent, fromPress }) =>
      cells(
        String(component === FEW.component ? FEW.count : MANY.count),
        ...quantiles(firstContent, String(limits.firstContent)),
        ms(quantile(fromPress, 0.5)),
      ),
    ),
    '',
  ];
}

/** One, and those that it was resumed by. */
function mostWatches({ elapsedSeconds }: OpenTabsFigures): number {
  return limits.watches + Math.floor(elapsedSeconds / WATCH_SECONDS);
}

function openTabs({ openTabs: figures }: PageFigures): string[] {
  const { tabs, seconds, requests, watches, elapsedSeconds } = figures;
  return [
    '## Open tabs',
    '',
    `${tabs} deploy tabs of two components, open at once, each looking again every 10 s; counted at the API server of the cluster. In the last ${seconds} s it got ${requests} requests in all. The watches are counted from the first tab on, over ${ms(
      elapsedSeconds,
    )} s; each is resumed after 4 to 5 minutes, which counts as one more.`,
    '',
    '| watch of | opened | limit |',
    '|---|---|---|',
    ...Object.entries(watches).map(([name, count]) =>
      cells(name, String(count), String(mostWatches(figures))),
    ),
    '',
  ];
}

function keystrokes({ rule, echo, answer, longestTask }: KeystrokeFigures) {
  const half = (values: number[]) => ms(quantile(values, 0.5));
  const most = (values: number[]) => ms(quantile(values, 0.95));
  return cells(
    rule,
    half(echo),
    most(echo),
    half(answer),
    most(answer),
    String(limits.keystroke),
    longestTask === 0 ? 'none' : ms(longestTask),
    String(answer.length),
  );
}

function preview({ preview: figures }: PageFigures): string[] {
  const { tags, firstAnswer, wholeAnswer, rules } = figures;
  return [
    '## Keystrokes in the preview of a rule',
    '',
    `The form of auto deploy over a repository of ${tags} tags. From a key, when the browser got it, to the frame that shows its letter, and to the frame that shows what the rule chooses now. The longest task is what kept the page from answering, where that was more than 50 ms.`,
    '',
    '| rule | letter, median, ms | 95 %, ms | answer, median, ms | 95 %, ms | limit of the median, ms | longest task, ms | keys |',
    '|---|---|---|---|---|---|---|---|',
    ...rules.map(keystrokes),
    '',
    `From opening the form: the first answer after ${ms(
      firstAnswer[0],
    )} ms, of all tags after ${ms(
      wholeAnswer[0],
    )} ms, with the registry asked; opened again, ${ms(
      quantile(firstAnswer.slice(1), 0.5),
    )} and ${ms(quantile(wholeAnswer.slice(1), 0.5))} ms.`,
    '',
  ];
}

function missed({
  deployTab: tabs,
  openTabs: open,
  preview: form,
}: PageFigures) {
  return [
    ...tabs
      .filter(
        ({ firstContent }) => quantile(firstContent, 0.5) > limits.firstContent,
      )
      .map(({ cards }) => `first content of a deploy tab with ${cards} cards`),
    ...Object.entries(open.watches)
      .filter(([, count]) => count > mostWatches(open))
      .map(([name]) => `watches of ${name}`),
    ...form.rules
      .filter(({ answer }) => quantile(answer, 0.5) > limits.keystroke)
      .map(({ rule }) => `keystroke in a ${rule}`),
  ];
}

/** Measures pages in Chromium with a portal of their own, and writes the page. */
export async function benchPages(): Promise<{ missed: string[] }> {
  const [before] = loadavg();
  const figures = await measure();
  const [after] = loadavg();
  const page = [
    '# Pages, measured',
    '',
    '`./run bench` writes this page: Chromium with the production build, a portal as a process, and the sandbox registry and clusters as other processes, all on one machine.',
    '',
    `${machine()}. ${when()}. Load of the machine ${before.toFixed(
      1,
    )} at the beginning, ${after.toFixed(1)} at the end.`,
    '',
    ...deployTab(figures),
    ...openTabs(figures),
    ...preview(figures),
  ].join('\n');
  writeFileSync(file, page);
  process.stdout.write(page);
  return { missed: missed(figures) };
}

if (require.main === module) {
  benchPages().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
