import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openView, settled } from '../../../scripts/browser/openView.mts';
import { views } from '../../../scripts/browser/views.mts';
import { expect, test } from './test';

/**
 * Serious and critical findings, of our content and of the framework's alike:
 * at the versions of the lock file the framework has none here. Faults that a
 * later one brings are excused by rule and selector, with a reason.
 */
async function seriousFindings(
  page: Page,
  rules?: string[],
): Promise<string[]> {
  const scan = new AxeBuilder({ page });
  const { violations } = await (rules ? scan.withRules(rules) : scan).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, target }) => `${id}: ${html.slice(0, 160)} ${target}`),
    );
}

const looks = [
  { theme: 'light' },
  // What else there is to find does not depend on the colours.
  { theme: 'dark', rules: ['color-contrast'] },
] as const;

for (const { theme, ...rest } of looks) {
  const rules = 'rules' in rest ? [...rest.rules] : undefined;
  test(`every view is accessible, ${theme}`, async ({ open, surroundings }) => {
    test.setTimeout(300_000);
    for (const person of ['owner', 'outsider', 'admin', undefined] as const) {
      const page = await open(person, { theme });
      const theirs = views(surroundings.story).filter(
        view => view.person === person,
      );
      for (const view of theirs) {
        await openView(page, view);
        expect.soft(await seriousFindings(page, rules), view.name).toEqual([]);
      }
    }
  });

  test(`dialogs without an address are accessible, ${theme}`, async ({
    open,
    surroundings,
  }) => {
    const page = await open('admin', { theme });
    const { registryId } = surroundings.story;
    const registry = `/image-registry/registries/${registryId}`;
    const look = async (path: string, button: string, nth = 0) => {
      await page.goto(path);
      await page.getByRole('button', { name: button }).nth(nth).click();
      await settled(page);
      expect.soft(await seriousFindings(page, rules), button).toEqual([]);
    };
    await look(registry, 'Delete');
    await look(`${registry}?section=webhooks`, 'Add endpoint');
    await look(`${registry}?section=webhooks`, 'New secret');
    await look('/catalog/default/component/web/deploy', 'More for');
  });
}

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
