import {
  beginConflict,
  imageOf,
} from '../../../scripts/browser/deployStories.mts';
import { OtherManager } from '../../../scripts/browser/OtherManager.mts';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

const MANAGE = 'Manage this image from the portal';

test('what Helm owns is taken over with consent, and told when Helm takes it again', async ({
  open,
  surroundings,
}, testInfo) => {
  const { portal } = surroundings;
  const begin = await beginConflict(portal, { attempt: testInfo.retry });
  const { name } = begin.target;
  const page = await open('owner');
  await page.goto('/catalog/default/component/till/deploy');
  const production = card(page, 'production', `Deployment/${name} · till`);
  await expect(production).toContainText('Image managed by helm');

  await production.getByRole('button', { name: 'Deploy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deploy till' });
  await dialog.getByRole('button', { name: 'v1.1.0', exact: true }).click();
  await page
    .getByRole('dialog', { name: 'Image details' })
    .getByRole('button', { name: 'Choose v1.1.0' })
    .click();
  await expect(dialog.getByText(/^Set by Helm/)).toContainText(
    'The next “helm upgrade” sets it again',
  );
  const deploy = dialog.getByRole('button', { name: 'Deploy', exact: true });
  await expect(deploy).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('checkbox', { name: MANAGE }).check();
  await deploy.click();
  await expect(production).toContainText(': v1.1.0');
  await expect(historyRows(page).first()).toContainText('Succeeded');
  await expect(production).not.toContainText('managed by');

  const helm = new OtherManager(portal.kubeconfigFile, 'helm');
  await helm.setImage(begin.target, imageOf(portal, begin, 'v1.0.0'));
  await expect(production).toContainText(
    'Contested: helm took the image field again',
  );
  await expect(production).toContainText(': v1.0.0');

  await production.getByRole('button', { name: MANAGE }).click();
  await page
    .getByRole('dialog', { name: MANAGE })
    .getByRole('button', { name: 'Manage from the portal' })
    .click();
  await expect(production).toContainText(
    'Managed from the portal; agreed by owner',
  );
  await expect(production).not.toContainText('Contested');
});
