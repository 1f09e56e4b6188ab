import { card } from './lanes';
import { expect, test } from './test';

const PAGE = '/catalog/default/component/worker/deploy';

test('a rule is tried, saved, paused and deleted', async ({ open, as }) => {
  const owner = await as('owner');
  const { items } = await owner<{
    items: { id: string; target: { namespace: string } }[];
  }>('GET', '/api/image-registry/policies?entityRef=component:default/worker');
  // Those in production belong to another file.
  for (const { id, target } of items) {
    if (target.namespace === 'shop-staging') {
      await owner('DELETE', `/api/image-registry/policies/${id}`);
    }
  }
  const page = await open('owner');
  await page.goto(PAGE);
  const staging = card(page, 'staging', 'StatefulSet/worker · worker');
  // The switch beside it would follow the tag that runs, without asking.
  await staging.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Auto deploy…' }).click();
  const drawer = page.getByRole('dialog', { name: 'Auto deploy of worker' });

  await drawer.getByRole('button', { name: /^Take/ }).click();
  await page.getByRole('option', { name: 'pattern (regex)' }).click();
  const pattern = drawer.getByRole('textbox', { name: 'Pattern' });
  await pattern.fill('2026\\.(0');
  await expect(drawer.getByText(/^The pattern cannot be read/)).toBeVisible();
  await expect(drawer.getByRole('img', { name: /^Wrong at/ })).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Save' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );

  await pattern.fill('2026\\.\\d+');
  await expect(drawer.getByText(/^4 of \d+ tags accepted/)).toBeVisible();
  await expect(
    drawer.getByRole('listitem').filter({ hasText: '2026.11' }),
  ).toContainText('accepted');
  await expect(
    drawer.getByRole('listitem').filter({ hasText: '2026.12-crash' }),
  ).toContainText('rejected');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText(/^Saved\./)).toBeVisible();
  await expect(staging).toContainText('Auto deploy: the last pushed of');

  await drawer.getByRole('checkbox', { name: /^Auto deploy/ }).uncheck();
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(staging).toContainText(/· off/);

  await drawer.getByRole('button', { name: 'Delete…' }).click();
  await page
    .getByRole('dialog', { name: 'Delete this auto deploy rule?' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click();
  await expect(staging).toContainText('Auto deploy: off');
});
