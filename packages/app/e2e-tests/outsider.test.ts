import { expect, test } from './test';

const ASK = /Only owners|Ask .*(administrator|owner)/;

test('who may not deploy sees why and whom to ask', async ({ open }) => {
  const page = await open('outsider');
  await page.goto('/catalog/default/component/web/deploy');
  const lane = page.getByRole('region', { name: 'staging' });
  for (const name of ['Deploy…', 'Roll back', 'Turn on']) {
    const button = lane.getByRole('button', { name });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAttribute('aria-description', ASK);
  }
  await lane.getByRole('button', { name: 'Deploy…' }).hover();
  await expect(page.getByRole('tooltip')).toHaveText(ASK);
});

test('who may not connect registries sees why', async ({ open }) => {
  const page = await open('outsider');
  await page.goto('/image-registry');
  const add = page.getByRole('button', { name: 'Add registry' });
  await expect(add).toHaveAttribute('aria-disabled', 'true');
  await expect(add).toHaveAttribute('aria-description', ASK);
  await page.goto('/image-registry/environments');
  await expect(
    page.getByRole('button', { name: 'Add environment' }),
  ).toHaveAttribute('aria-disabled', 'true');
});
