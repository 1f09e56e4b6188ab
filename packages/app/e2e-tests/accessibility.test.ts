import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { settled, untilShown } from '../../../scripts/browser/openView.mts';
import { views } from '../../../scripts/browser/views.mts';
import { expect, test } from './test';

/**
 * Serious and critical findings, of our content and of the framework's alike:
 * at the versions of the lock file the framework has none here. Faults that a
 * later one brings are excused by rule and selector, with a reason.
 */
async function seriousFindings(
  page: Page,
  { rules, within }: { rules?: string[]; within?: string } = {},
): Promise<string[]> {
  const scan = new AxeBuilder({ page })
    // What is right need not be described, element by element.
    .options({ resultTypes: ['violations'] })
    // There are no frames of other origins, for which it opens more windows.
    .setLegacyMode();
  if (rules) {
    scan.withRules(rules);
  }
  if (within) {
    scan.include(within);
  }
  const { violations } = await scan.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, target }) => `${id}: ${html.slice(0, 160)} ${target}`),
    );
}

/** What else there is to find does not depend on the colours. */
const colourRules = ['color-contrast'];

/** How long a page may take to begin with a new width, in ms. */
const REACTION = 100;

/** What is behind a dialog is a view of its own. */
async function foremost(page: Page): Promise<string | undefined> {
  const dialogs = await page.locator('[role="dialog"]').count();
  return dialogs > 0 ? '[role="dialog"]' : undefined;
}

/**
 * Findings in the colours that the page has, then in the other ones, with
 * which the framework builds the page anew.
 *
 * @param shown - makes sure that all is there, also after that
 */
async function findingsInBothThemes(
  page: Page,
  theme: Theme,
  shown: () => Promise<void>,
): Promise<string[]> {
  await shown();
  const first = await seriousFindings(page, { within: await foremost(page) });
  await changeColours(page, otherThan(theme));
  await shown();
  const second = await seriousFindings(page, {
    rules: colourRules,
    within: await foremost(page),
  });
  return [
    ...first.map(finding => `${theme}: ${finding}`),
    ...second.map(finding => `${otherThan(theme)}: ${finding}`),
  ];
}

/** Waits until the page has them, so that nothing of before is looked at. */
async function changeColours(page: Page, colorScheme: Theme): Promise<void> {
  const before = await background(page);
  await page.emulateMedia({ colorScheme });
  await expect.poll(() => background(page)).not.toBe(before);
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

type Theme = 'light' | 'dark';

function otherThan(theme: Theme): Theme {
  return theme === 'light' ? 'dark' : 'light';
}

/** What is wider than a window of 400 pixels, so that it scrolls sideways. */
async function widerThanNarrow(page: Page): Promise<string[]> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 400, height: 900 });
  await settled(page, REACTION);
  const found = await page.evaluate(() =>
    [
      document.documentElement,
      ...document.querySelectorAll('main, [role="dialog"]'),
    ]
      .filter(each => each.scrollWidth > each.clientWidth + 1)
      .map(each => `${each.tagName} ${each.scrollWidth}`),
  );
  if (usual) {
    await page.setViewportSize(usual);
  }
  return found;
}

// Nothing is changed here, so the tests may go on at the same time.
test.describe.configure({ mode: 'parallel' });

/** Those with many views go on several walks, which take turns. */
const walks = [
  { person: 'owner', walk: 1, of: 3 },
  { person: 'owner', walk: 2, of: 3 },
  { person: 'owner', walk: 3, of: 3 },
  { person: 'owner2', walk: 1, of: 1 },
  { person: 'admin', walk: 1, of: 2 },
  { person: 'admin', walk: 2, of: 2 },
  { person: 'outsider', walk: 1, of: 1 },
  { person: undefined, walk: 1, of: 1 },
] as const;

// One walk for three questions: opening the views is what takes the time.
for (const { person, walk, of } of walks) {
  test(`every view of ${
    person ?? 'nobody'
  } is accessible, light and dark, and fits 400 pixels (${walk} of ${of})`, async ({
    open,
    surroundings,
  }) => {
    test.setTimeout(300_000);
    const page = await open(person);
    const theirs = views(surroundings.story).filter(
      view => view.person === person,
    );
    expect(theirs.length).toBeGreaterThanOrEqual(of);
    // Each view begins with the colours with which the one before ended.
    let theme: Theme = 'light';
    for (const view of theirs.filter((_, n) => n % of === walk - 1)) {
      await page.goto(view.path);
      const findings = await findingsInBothThemes(page, theme, () =>
        untilShown(page, view),
      );
      expect.soft(findings, view.name).toEqual([]);
      theme = otherThan(theme);
      expect.soft(await widerThanNarrow(page), view.name).toEqual([]);
    }
  });
}

test('dialogs without an address are accessible, light and dark', async ({
  open,
  surroundings,
}) => {
  test.slow();
  const page = await open('admin');
  const { registryId } = surroundings.story;
  const registry = `/image-registry/registries/${registryId}`;
  const look = async (
    path: string,
    button: string,
    opens: 'dialog' | 'menu' = 'dialog',
  ) => {
    await page.goto(path);
    const findings = await findingsInBothThemes(page, 'light', async () => {
      await page.getByRole('button', { name: button }).first().click();
      await page.getByRole(opens).waitFor();
      await settled(page);
    });
    expect.soft(findings, button).toEqual([]);
    await changeColours(page, 'light');
  };
  await look(registry, 'Delete');
  await look(`${registry}?section=webhooks`, 'Add endpoint');
  await look(`${registry}?section=webhooks`, 'New secret');
  await look('/catalog/default/component/web/deploy', 'More for', 'menu');
});

test('the scan finds what is wrong', async ({ open }) => {
  const page = await open();
  await page.goto('/');
  await page.getByRole('list', { name: 'People' }).waitFor();
  await page.evaluate(() => {
    const unnamed = document.createElement('button');
    document.querySelector('main')?.append(unnamed);
  });
  expect(await seriousFindings(page)).toEqual([
    expect.stringContaining('button-name'),
  ]);
});
