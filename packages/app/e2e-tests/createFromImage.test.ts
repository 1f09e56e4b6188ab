import { card } from './lanes';
import { expect, test } from './test';

test('creates a component from an image, and lands on its lane', async ({
  open,
  sandbox,
}) => {
  test.slow();
  const name = `basket-${Date.now().toString(36)}`;
  const page = await open('owner');
  await page.goto('/catalog/default/group/team-shop');
  await page.getByRole('button', { name: 'Create from an image' }).click();
  await expect(page).toHaveURL(/\/create-from-image\?owner=/);

  await page.getByRole('button', { name: 'Choose an image' }).click();
  const picker = page.getByRole('dialog', { name: 'Choose an image' });
  await picker
    .getByRole('searchbox', { name: 'Search repositories' })
    .fill('demo/web');
  await picker.getByRole('button', { name: 'demo/web', exact: true }).click();
  await picker.getByRole('searchbox', { name: 'Search tags' }).fill('v1.2.1');
  await picker.getByRole('button', { name: 'v1.2.1' }).click();
  await page.getByRole('button', { name: 'Choose v1.2.1' }).click();
  await expect(picker).toBeHidden();

  const field = page.getByRole('textbox', { name: /^Name\b/ }).first();
  await expect(field).toHaveValue('web');
  await field.fill('Basket_1');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(field).toHaveAccessibleDescription(/beginning with a letter/);

  await field.fill('web');
  await page.getByRole('button', { name: /^Environment and cluster/ }).click();
  await page.getByRole('option', { name: /^development/ }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(field).toHaveAccessibleDescription(/component web already/);

  await field.fill(name);
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText('The cluster takes all of it.')).toBeVisible();
  await expect(
    page.getByText(`Deployment ${name} would be made`),
  ).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download catalog-info.yaml' }).click();
  expect((await download).suggestedFilename()).toBe('catalog-info.yaml');

  // The first attempt makes the workload and is refused its service.
  const mend = await sandbox.breakCluster(
    { kind: 'status', code: 403 },
    `^(?!.*dryRun).*/services/${name}\\b`,
  );
  try {
    await page.getByRole('button', { name: 'Create', exact: true }).dblclick();
    await expect(page.getByText(/Some objects exist/)).toBeVisible();
  } finally {
    await mend();
  }
  await expect(page).toHaveURL(/[?&]resume=/);
  await page.reload();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page).toHaveURL(
    new RegExp(`/catalog/default/component/${name}/deploy`),
  );
  const lane = card(page, 'development', `Deployment/${name} · ${name}`);
  await expect(lane).toContainText('Healthy');
  await expect(lane).toContainText('v1.2.1');

  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { name }).first()).toBeVisible();
  await expect(
    page.getByRole('link', { name: /team-shop/ }).first(),
  ).toBeVisible();
});
