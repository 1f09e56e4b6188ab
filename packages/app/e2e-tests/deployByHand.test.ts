import { card, historyRows } from './lanes';
import { expect, test } from './test';

const target = {
  cluster: 'sandbox',
  namespace: 'shop-dev',
  kind: 'Deployment',
  name: 'web',
  container: 'web',
};
const POLICIES = '/api/image-registry/policies';

test.beforeEach(async ({ as }) => {
  const owner = await as('owner');
  const { items } = await owner<{ items: { id: string; target: object }[] }>(
    'GET',
    `${POLICIES}?entityRef=component:default/web`,
  );
  for (const { id } of items) {
    await owner('DELETE', `${POLICIES}/${id}`);
  }
});

test('signs in, picks an image, deploys it, rolls back and resumes', async ({
  open,
  as,
}) => {
  test.slow();
  const page = await open();
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in as Olivia Owner' }).click();
  await page.getByRole('link', { name: 'Shop web' }).click();
  await expect(page.getByRole('heading', { name: 'Shop web' })).toBeVisible();

  await page.getByRole('link', { name: 'Images', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search tags' }).fill('v1.2');
  await page.getByRole('button', { name: 'v1.2.1' }).click();
  const details = page.getByRole('dialog', { name: 'Image details' });
  await expect(details.getByText('linux/arm64')).toBeVisible();
  await expect(
    details.getByText('RUN install-dependencies --production'),
  ).toBeVisible();
  await details.getByRole('button', { name: 'Deploy…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Deploy web' });
  await expect(dialog.getByText('v1.2.1').first()).toBeVisible();
  await dialog.getByRole('button', { name: /^Environment and cont/ }).click();
  await page.getByRole('option', { name: /^development/ }).click();
  await expect(dialog.getByText(/demo\/web:v1\.2\.1@sha256:/)).toBeVisible();
  const deploy = dialog.getByRole('button', { name: 'Deploy', exact: true });
  const consent = dialog.getByRole('checkbox', {
    name: 'Manage this image from the portal',
  });
  if (await consent.isVisible()) {
    await expect(deploy).toHaveAttribute('aria-disabled', 'true');
    await consent.check();
  }
  await dialog.getByLabel('Reason (optional)').fill('The last calm version');
  await deploy.click();

  const development = card(page, 'development', 'Deployment/web · web');
  await expect(historyRows(page).first()).toContainText('Succeeded');
  await expect(development).toContainText('v1.2.1');
  await expect(development).toContainText('Healthy');
  await expect(historyRows(page).first()).toContainText(
    'The last calm version',
  );

  const owner = await as('owner');
  await owner('POST', POLICIES, {
    entityRef: 'component:default/web',
    target,
    image: { registryId: 'sandbox', repository: 'demo/web' },
    rule: { kind: 'regex', pattern: 'release-.*' },
  });
  await development.getByRole('button', { name: 'Roll back' }).click();
  const rollBack = page.getByRole('dialog', { name: /^Roll back/ });
  await expect(rollBack).toContainText('v1.3.0');
  await rollBack.getByRole('button', { name: 'Roll back' }).click();

  await expect(historyRows(page).first()).toContainText('rolled back by');
  await expect(historyRows(page).first()).toContainText('Succeeded');
  await expect(historyRows(page).nth(1)).toContainText('v1.2.1');
  await expect(development).toContainText('v1.3.0');
  await expect(development).toContainText('Healthy');
  await expect(development).toContainText('Held');
  await development.getByRole('button', { name: 'Resume' }).click();
  await expect(development).not.toContainText('Held');
});
