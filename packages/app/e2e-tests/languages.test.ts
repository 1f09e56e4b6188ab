import { expect, test } from './test';

test('the sign-in page switches to Chinese, and the portal stays so', async ({
  open,
}) => {
  const page = await open();
  await page.goto('/');
  // The window begins in English; the switch is what is tested.
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('button', { name: '中文' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('heading').first()).toHaveText(/[一-龥]/);
});

test('an image is chosen and compared in Chinese', async ({ open }) => {
  const page = await open('owner', { language: 'zh' });
  await page.goto('/catalog/default/component/web/images');
  await page.getByRole('button', { name: 'v1.3.0' }).click();
  const details = page.getByRole('dialog', { name: /镜像/ });
  await expect(details).toContainText('摘要');
  await expect(details.getByText('linux/arm64')).toBeVisible();
  await details.getByRole('button', { name: /部署|发布/ }).click();
  await expect(page.getByRole('dialog', { name: /部署|发布/ })).toContainText(
    /检查/,
  );
  await page.goto('/image-registry');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('镜像仓库');
});
