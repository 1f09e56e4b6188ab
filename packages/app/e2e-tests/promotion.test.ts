import { beginPromotion } from '../../../scripts/browser/deployStories.mts';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

const PAGE = '/catalog/default/component/parcel/deploy';

test('what runs in staging goes to production in one click and another owner’s approval', async ({
  open,
  surroundings,
}, testInfo) => {
  const { repository, target } = await beginPromotion(surroundings.portal, {
    attempt: testInfo.retry,
  });
  const label = `Deployment/${target.name} · parcel`;
  const page = await open('owner');
  await page.goto(PAGE);
  const live = card(page, 'live', label);
  await expect(live).toContainText(': v1.0.0');
  await live
    .getByRole('button', { name: 'Deploy v1.2.0 from staging' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Deploy parcel' });
  await expect(dialog).toContainText(`${repository} : v1.2.0`);
  const between = dialog.getByRole('listitem').filter({ hasText: 'v1.1.0' });
  await expect(between.locator('code')).toHaveText(/^[0-9a-f]{12}$/);
  await dialog
    .getByRole('checkbox', { name: 'Manage this image from the portal' })
    .check();
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(live).toContainText('Waiting for 1 approval of team-shop');
  const promote = live.getByRole('button', { name: /from staging$/ });
  await expect(promote).toBeHidden();
  await expect(live).toContainText(': v1.0.0');
  await expect(live.getByRole('button', { name: 'Approve' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );

  const other = await open('owner2');
  await other.goto(PAGE);
  await card(other, 'live', label)
    .getByRole('button', { name: 'Approve' })
    .click();
  await other
    .getByRole('dialog', { name: 'Approve v1.2.0 for parcel?' })
    .getByRole('button', { name: 'Approve' })
    .click();
  await expect(live).toContainText(': v1.2.0');
  await expect(live).toContainText('Healthy');
  await expect(historyRows(page).first()).toContainText('Succeeded');
  await expect(promote).toBeHidden();
});
