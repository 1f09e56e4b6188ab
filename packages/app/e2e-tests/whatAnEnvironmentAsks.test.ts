import type { Locator, Page } from '@playwright/test';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

// Files begin in the order of their names: while this one asks for approvals
// in development, no other deploys there any more.

test('what an environment asks holds for people, and on call goes past it', async ({
  open,
  as,
}) => {
  test.slow();
  const admin = await as('admin');
  const ENVIRONMENTS = '/api/image-registry/environments';
  const read = async () => {
    const { items } = await admin<{
      items: { id: string; name: string; version: number }[];
    }>('GET', ENVIRONMENTS);
    return items.find(({ name }) => name === 'development')!;
  };
  try {
    const editor = await open('admin');
    await editor.goto('/image-registry/environments');
    await editor.getByRole('button', { name: 'Edit development' }).click();
    const form = editor.getByRole('dialog');
    await form.getByRole('spinbutton', { name: 'Approvals' }).fill('1');
    await form
      .getByRole('textbox', { name: 'Emergency group' })
      .fill('team-other');
    await editor
      .getByRole('option', { name: 'group:default/team-other' })
      .click();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form).toBeHidden();

    const page = await open('owner');
    await page.goto('/catalog/default/component/api/deploy');
    const development = card(page, 'development', 'Deployment/api · api');
    await deployOn(page, development, 'v2.2.0');
    await expect(development).toContainText(
      'Waiting for 1 approval of team-shop',
    );
    await expect(
      development.getByRole('button', { name: 'Approve' }),
    ).toHaveAttribute('aria-disabled', 'true');

    const onCall = await open('outsider');
    await onCall.goto('/catalog/default/component/api/deploy');
    await deployOn(
      onCall,
      card(onCall, 'development', 'Deployment/api · api'),
      'v2.1.0',
      'The orders do not arrive',
    );
    await expect(development).toContainText(': v2.1.0');
    await expect(historyRows(page).first()).toContainText('Succeeded');
    await expect(historyRows(page).nth(1)).toContainText('Cancelled');
  } finally {
    const { id, version } = await read();
    await admin('PATCH', `${ENVIRONMENTS}/${id}`, { version, protection: {} });
  }
});

/** Through the dialog that a card opens, with a consent where it is asked. */
async function deployOn(
  page: Page,
  place: Locator,
  tag: string,
  emergency?: string,
): Promise<void> {
  await place.getByRole('button', { name: 'Deploy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deploy api' });
  await dialog.getByRole('searchbox', { name: 'Search tags' }).fill(tag);
  await dialog.getByRole('button', { name: tag, exact: true }).click();
  await page
    .getByRole('dialog', { name: 'Image details' })
    .getByRole('button', { name: `Choose ${tag}` })
    .click();
  if (emergency) {
    await dialog
      .getByRole('textbox', { name: 'What is the emergency' })
      .fill(emergency);
  }
  await expect(dialog.getByText(/demo\/api:v2\.\d\.0@sha256:/)).toBeVisible();
  const consent = dialog.getByRole('checkbox', {
    name: 'Manage this image from the portal',
  });
  if (await consent.isVisible()) {
    await consent.check();
  }
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(dialog).toBeHidden();
}
