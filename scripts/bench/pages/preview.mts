import type { Page } from '@playwright/test';
import type { KeystrokeFigures, PreviewFigures } from './figures.mts';
import { TAGS } from './manyTagsRegistry.mts';
import { OF_MANY_TAGS } from './surroundings.mts';

/** Times that the form is opened. */
const OPENINGS = 3;
/** Keys that are pressed for each kind of rule, after those that warm up. */
const KEYS = 30;
const WARM_UP = 6;
/** A moment for what the form does after its answer, in ms. */
const BETWEEN_KEYS = 120;

/** A text whose last letter decides how many tags the rule takes. */
const RULES = [
  { kind: 'version range', field: 'Range', text: '^1', key: '2' },
  { kind: 'pattern (glob)', field: 'Pattern', text: 'v1.', key: '*' },
  { kind: 'pattern (regex)', field: 'Pattern', text: 'v[0-9]\\..', key: '*' },
];

interface Pressed {
  echo: number;
  answer: number;
}

/** Opens the form of auto deploy over 50 000 tags and types into it. */
export async function measurePreview(page: Page): Promise<PreviewFigures> {
  const firstAnswer: number[] = [];
  const wholeAnswer: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    const { first, whole } = await openForm(page);
    firstAnswer.push(first);
    wholeAnswer.push(whole);
  }
  const rules: KeystrokeFigures[] = [];
  for (const rule of RULES) {
    rules.push(await type(page, rule));
  }
  return { tags: TAGS, firstAnswer, wholeAnswer, rules };
}

async function openForm(page: Page): Promise<{ first: number; whole: number }> {
  const { component, name } = OF_MANY_TAGS;
  await page.goto(`/catalog/default/component/${component}/deploy`);
  const card = page.getByRole('article', { name: new RegExp(`/${name} `) });
  await card.getByRole('button', { name: /^More for/ }).click();
  const item = page.getByRole('menuitem', { name: 'Auto deploy…' });
  await item.waitFor();
  await page.waitForLoadState('networkidle');
  const begin = performance.now();
  await item.click();
  await page.getByText(/tags accepted$/).waitFor();
  const first = performance.now() - begin;
  await page.getByText(`of ${TAGS} tags accepted`).waitFor();
  return { first, whole: performance.now() - begin };
}

async function type(
  page: Page,
  rule: (typeof RULES)[number],
): Promise<KeystrokeFigures> {
  const drawer = page.getByRole('dialog', { name: /^Auto deploy of/ });
  await drawer.getByRole('button', { name: /^Take/ }).click();
  await page.getByRole('option', { name: rule.kind }).click();
  const field = drawer.getByRole('textbox', { name: rule.field, exact: true });
  await field.fill(rule.text);
  await field.press('End');
  await page.waitForTimeout(1_000);
  const pressed: Pressed[] = [];
  await page.evaluate(watchLongTasks);
  for (let count = 0; count < WARM_UP + KEYS; count++) {
    await page.evaluate(awaitAnswer);
    await page.keyboard.press(count % 2 === 0 ? rule.key : 'Backspace');
    pressed.push(await page.evaluate(nextAnswer));
    await page.waitForTimeout(BETWEEN_KEYS);
  }
  const measured = pressed.slice(WARM_UP);
  return {
    rule: rule.kind,
    echo: measured.map(({ echo }) => echo),
    answer: measured.map(({ answer }) => answer),
    longestTask: await page.evaluate(longestTask),
  };
}

/** What is kept in the page between two calls. */
interface Kept {
  benchLongTasks: number[];
  benchAnswer: Promise<Pressed>;
}

/** In the page: from the next key to its letter, and to another answer. */
function awaitAnswer(): void {
  const answer = () =>
    document.querySelector('[role="dialog"] [role="region"]')?.textContent;
  (globalThis as unknown as Kept).benchAnswer = new Promise(resolve => {
    let begin = 0;
    let echo = 0;
    const drawn = (tell: (at: number) => void) =>
      requestAnimationFrame(() => {
        setTimeout(() => tell(performance.now() - begin));
      });
    const before = answer();
    document.addEventListener(
      'keydown',
      event => {
        // When the browser got it, not when the page was free to look at it.
        begin = event.timeStamp;
        drawn(at => {
          echo = at;
        });
      },
      { capture: true, once: true },
    );
    const observer = new MutationObserver(() => {
      const now = answer();
      if (begin > 0 && now !== undefined && now !== before) {
        observer.disconnect();
        drawn(at => resolve({ echo: echo || at, answer: at }));
      }
    });
    observer.observe(document.body, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}

/** In the page. */
function nextAnswer(): Promise<Pressed> {
  return (globalThis as unknown as Kept).benchAnswer;
}

/** In the page. */
function watchLongTasks(): void {
  const tasks: number[] = [];
  (globalThis as unknown as Kept).benchLongTasks = tasks;
  new PerformanceObserver(list => {
    tasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
}

/** In the page; browsers tell of those above 50 ms. */
function longestTask(): number {
  const { benchLongTasks } = globalThis as unknown as Kept;
  return Math.max(0, ...benchLongTasks);
}
