import { expect, test } from './test';

test.describe('at 400 pixels, dark', () => {
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
