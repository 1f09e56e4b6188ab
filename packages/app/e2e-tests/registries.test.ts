import type { PortalCall } from '../../../scripts/start/signInTo.mts';
import { expect, test } from './test';

const NAME = 'Warehouse';
const REGISTRIES = '/api/image-registry/registries';

async function removeRegistry(admin: PortalCall) {
  const { items } = await admin<{ items: { id: string; name: string }[] }>(
    'GET',
    REGISTRIES,
  );
  for (const { id } of items.filter(({ name }) => name.startsWith(NAME))) {
    const endpoints = await admin<{ items: { id: string }[] }>(
      'GET',
      `${REGISTRIES}/${id}/webhook-endpoints`,
    );
    for (const endpoint of endpoints.items) {
      await admin(
        'DELETE',
        `/api/image-registry/webhook-endpoints/${endpoint.id}`,
      );
    }
    await admin('DELETE', `${REGISTRIES}/${id}`);
  }
}

test.beforeEach(async ({ as }) => removeRegistry(await as('admin')));
test.afterEach(async ({ as }) => removeRegistry(await as('admin')));

test('a registry is checked, added, edited, used and deleted', async ({
  open,
  surroundings,
}) => {
  test.slow();
  const page = await open('admin');
  await page.goto('/image-registry');
  await page.getByRole('button', { name: 'Add registry' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add registry' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(NAME);
  await dialog
    .getByRole('textbox', { name: 'Address' })
    .fill(`http://${surroundings.portal.protectedRegistry}`);
  await dialog.getByRole('textbox', { name: /^User ?name/i }).fill('shopper');
  await dialog.getByLabel(/^Password/).fill('wrong');
  await page.keyboard.press('Tab');
  await expect(dialog.getByText(/Signs in:/)).toContainText(/401|password/i);

  await dialog.getByLabel(/^Password/).fill('open sesame');
  await page.keyboard.press('Tab');
  await expect(dialog.getByText(/^Signs in.*\(\d+ ms\)/)).toBeVisible();
  await expect(dialog.getByText(/^Lists repositories/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();

  await expect(page).toHaveURL(/\/image-registry\/registries\/[^/?]+$/);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const edit = page.getByRole('dialog', { name: `Edit ${NAME}` });
  await edit
    .getByRole('textbox', { name: 'Name', exact: true })
    .fill(`${NAME} two`);
  await edit.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(
    page.getByRole('heading', { name: `${NAME} two` }),
  ).toBeVisible();

  await page.getByRole('tab', { name: 'Webhooks' }).click();
  await page.getByRole('button', { name: 'Add endpoint' }).first().click();
  const endpoint = page.getByRole('dialog', { name: 'Add webhook endpoint' });
  await endpoint
    .getByRole('textbox', { name: 'Name', exact: true })
    .fill('Pushes');
  await endpoint.getByRole('button', { name: 'Create' }).click();
  const secret = page.getByRole('dialog', { name: 'Secret of Pushes' });
  await expect(secret.getByText('is shown only this once')).toBeVisible();
  const shown = await secret.locator('pre, code').nth(1).innerText();
  await secret.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText('Waiting for the first event…')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Waiting for the first event…')).toBeVisible();
  expect(await page.locator('body').innerText()).not.toContain(shown);

  await page.getByRole('button', { name: 'Delete' }).first().click();
  const sure = page.getByRole('dialog', { name: `Delete ${NAME} two?` });
  await sure.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(sure.getByText('Webhook endpoint: Pushes')).toBeVisible();
});

test('an environment is added, changed and deleted', async ({ open, as }) => {
  const admin = await as('admin');
  const { items } = await admin<{ items: { id: string; name: string }[] }>(
    'GET',
    '/api/image-registry/environments',
  );
  for (const { id } of items.filter(({ name }) => name.startsWith('canary'))) {
    await admin('DELETE', `/api/image-registry/environments/${id}`);
  }
  const page = await open('admin');
  await page.goto('/image-registry/environments');
  await page.getByRole('button', { name: 'Add environment' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add environment' });
  await dialog
    .getByRole('textbox', { name: 'Name', exact: true })
    .fill('canary');
  const namespaces = dialog.getByRole('textbox', {
    name: 'Kubernetes namespaces',
  });
  await namespaces.fill('*-canary');
  await namespaces.press('Enter');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ hasText: 'canary' });
  await expect(row).toContainText('*-canary');

  await row.getByRole('button', { name: 'Edit canary' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit canary' });
  await edit
    .getByRole('textbox', { name: 'Name', exact: true })
    .fill('canary two');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /canary two/ })).toBeVisible();

  await page.getByRole('button', { name: 'Delete canary two' }).click();
  await page
    .getByRole('dialog', { name: 'Delete canary two?' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click();
  await expect(page.getByRole('row', { name: /canary/ })).toHaveCount(0);
});

test('the webhook log shows a delivery, and replays it', async ({
  open,
  surroundings,
}) => {
  const page = await open('admin');
  await page.goto('/image-registry/webhook-log');
  await page
    .getByRole('row', { name: /push demo\/web/ })
    .getByRole('link')
    .or(page.getByRole('row', { name: /push demo\/web/ }).getByRole('button'))
    .first()
    .click();
  const drawer = page.getByRole('dialog', { name: 'Delivery' });
  await expect(drawer).toContainText('Ignored');
  await expect(drawer.getByText('"events"')).toBeVisible();
  const address = page.url();
  await page.reload();
  await expect(drawer.getByText('"events"')).toBeVisible();
  expect(page.url()).toBe(address);

  await drawer.getByRole('button', { name: 'Replay' }).click();
  await expect(drawer.getByText('Replay of')).toBeVisible();
  expect(page.url()).not.toBe(address);
  await page.goto(
    `/image-registry/webhook-log?outcome=deployed&delivery=${surroundings.story.deliveryId}`,
  );
  await expect(drawer).toContainText('v2.4.0');
});
