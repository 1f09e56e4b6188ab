import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openView } from '../../../scripts/browser/openView.mts';
import { views } from '../../../scripts/browser/views.mts';
import { frameworkFaults } from './frameworkFaults';
import { expect, test } from './test';

/** Serious and critical findings that are not the framework's. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const findings: string[] = [];
  for (const { id, impact, nodes } of violations) {
    if (impact !== 'serious' && impact !== 'critical') {
      continue;
    }
    const excused = frameworkFaults.filter(fault => fault.rule === id);
    for (const node of nodes) {
      const target = node.target.flat().join(' ');
      const known = await page
        .locator(target)
        .first()
        .evaluate(
          (element, selectors) =>
            selectors.some(selector => element.closest(selector)),
          excused.map(({ selector }) => selector),
        );
      if (!known) {
        findings.push(`${id}: ${node.html.slice(0, 160)} (${target})`);
      }
    }
  }
  return findings;
}

for (const theme of ['light', 'dark'] as const) {
  test(`every view is accessible, ${theme}`, async ({ open, surroundings }) => {
    test.setTimeout(240_000);
    const people = ['owner', 'outsider', 'admin', undefined] as const;
    for (const person of people) {
      const page = await open(person, { theme });
      const theirs = views(surroundings.story).filter(
        view => view.person === person,
      );
      for (const view of theirs) {
        await openView(page, view);
        expect.soft(await seriousFindings(page), view.name).toEqual([]);
      }
    }
  });
}
