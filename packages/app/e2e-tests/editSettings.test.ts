import { beginEdit } from '../../../scripts/browser/deployStories.mts';
import { card } from './lanes';
import { expect, test } from './test';

test('what was made from an image is edited: seen first, then changed', async ({
  open,
  surroundings,
}, testInfo) => {
  test.slow();
  const { component } = await beginEdit(surroundings.portal, {
    attempt: testInfo.retry,
  });
  const page = await open('owner');
  await page.goto(`/catalog/default/component/${component}/deploy`);
  const lane = card(
    page,
    'development',
    `Deployment/${component} · ${component}`,
  );
  await expect(lane).toContainText('1/1 ready');
  await lane.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await expect(page).toHaveURL(/\/create-from-image\?edit=/);

  const replicas = page.getByRole('textbox', { name: /^Replicas\b/ });
  await expect(replicas).toHaveValue('1');
  await replicas.fill('2');
  const mode = page.getByRole('listitem', { name: 'Variable 1' });
  await expect(mode).toContainText('As it is now');
  await page.getByRole('button', { name: 'Add variable' }).click();
  const added = page.getByRole('listitem', { name: 'Variable 2' });
  await added.getByLabel(/^Variable/).fill('LEVEL');
  await added.getByLabel('Value', { exact: true }).fill('debug');

  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(
    page.getByText('The cluster takes it. Nothing is changed yet.'),
  ).toBeVisible();
  await expect(page.getByText('Deployment: spec.replicas')).toBeVisible();
  await expect(page.getByText(/env\[name=LEVEL\]/).first()).toBeVisible();
  // The value that it has is nobody's to read here.
  await expect(page.locator('main')).not.toContainText('quiet');

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(
    new RegExp(`/catalog/default/component/${component}/deploy`),
  );
  await expect(lane).toContainText('2/2 ready');
  await expect(lane).toContainText('v1.2.1');
  await lane.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Manifest' }).click();
  const manifest = page.getByRole('dialog');
  await expect(manifest).toContainText('name: LEVEL');
  await expect(manifest).toContainText('name: MODE');
});

test('Edit… is not offered for what was not made here', async ({ open }) => {
  const page = await open('owner');
  await page.goto('/catalog/default/component/web/deploy');
  const more = page.getByRole('button', { name: /^More for / }).first();
  await more.click();
  await expect(page.getByRole('menuitem', { name: 'Manifest' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Edit…' })).toBeHidden();
});
