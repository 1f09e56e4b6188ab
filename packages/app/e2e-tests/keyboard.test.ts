import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test';

/** More stops than any of these paths has. */
const MOST_STOPS = 60;

async function tabTo(page: Page, target: Locator) {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    if (
      (await target.count()) > 0 &&
      (await target.evaluate(each => each === document.activeElement))
    ) {
      return;
    }
  }
  throw new Error(`The keyboard does not reach ${target}`);
}

test('an image is chosen with the keyboard alone', async ({ open }) => {
  const page = await open('owner');
  await page.goto('/catalog/default/component/web/deploy');
  const deploy = page
    .getByRole('region', { name: 'staging' })
    .getByRole('button', { name: 'Deploy…' });
  await expect(deploy).toBeVisible();
  await tabTo(page, deploy);
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog', { name: 'Deploy web' });
  await expect(dialog.getByRole('button', { name: 'v1.3.0' })).toBeVisible();
  const search = dialog.getByRole('searchbox', { name: 'Search tags' });
  await tabTo(page, search);
  await page.keyboard.type('v1.2.0');
  await expect(dialog.getByRole('button', { name: 'v1.3.0' })).toBeHidden();
  await tabTo(page, dialog.getByRole('button', { name: 'v1.2.0' }));
  await page.keyboard.press('Enter');

  const details = page.getByRole('dialog', { name: 'Image details' });
  const choose = details.getByRole('button', { name: 'Choose v1.2.0' });
  await expect(choose).toBeVisible();
  await tabTo(page, choose);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Checks', { exact: true })).toBeVisible();
  const confirm = dialog.getByRole('button', { name: 'Deploy', exact: true });
  await expect(confirm).not.toHaveAttribute('aria-disabled', 'true');
  await tabTo(page, confirm);
  await expect(confirm).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
