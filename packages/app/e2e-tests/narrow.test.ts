import { openView } from '../../../scripts/browser/openView.mts';
import { views } from '../../../scripts/browser/views.mts';
import { expect, test } from './test';

test.describe('at 400 pixels, dark', () => {
  test('no page scrolls sideways', async ({ open, surroundings }) => {
    test.slow();
    for (const person of ['owner', 'outsider', 'admin'] as const) {
      const page = await open(person, { width: 400, theme: 'dark' });
      const theirs = views(surroundings.story).filter(
        view => view.person === person,
      );
      for (const view of theirs) {
        await openView(page, view);
        const tooWide = await page.evaluate(() => {
          const scrolled = [
            document.documentElement,
            ...document.querySelectorAll('main, [role="dialog"]'),
          ];
          return scrolled
            .filter(each => each.scrollWidth > each.clientWidth + 1)
            .map(each => `${each.tagName} ${each.scrollWidth}`);
        });
        expect.soft(tooWide, view.name).toEqual([]);
      }
    }
  });

  test('the key controls are within the window', async ({ open }) => {
    const page = await open('owner', { width: 400, theme: 'dark' });
    await page.goto('/catalog/default/component/web/deploy');
    const deploy = page.getByRole('button', { name: 'Deploy…' }).first();
    await deploy.scrollIntoViewIfNeeded();
    await expect(deploy).toBeInViewport({ ratio: 1 });
    await deploy.click();
    const dialog = page.getByRole('dialog', { name: 'Deploy web' });
    await expect(
      dialog.getByRole('button', { name: 'Deploy', exact: true }),
    ).toBeInViewport({ ratio: 1 });
    await expect(
      dialog.getByRole('searchbox', { name: 'Search tags' }),
    ).toBeVisible();
  });
});
