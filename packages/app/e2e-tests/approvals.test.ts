import type { PortalCall } from '../../../scripts/start/signInTo.mts';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

const PAGE = '/catalog/default/component/worker/deploy';
const LABEL = 'StatefulSet/worker · worker';

/** What a deploy by hand needs to know of a target. */
interface Target {
  environment?: string;
  ref: object;
  registryId: string;
  repository: string;
}

interface Environment {
  id: string;
  name: string;
  version: number;
}

/** A push is heard of, decided and rolled out in the background. */
const LONG = { timeout: 30_000 };
const WAITS = 'Waiting for 1 approval of team-shop';

/** Deploys by hand what the rule of the test can compare with. */
async function deploy(owner: PortalCall, tag: string) {
  const entityRef = 'component:default/worker';
  const { items } = await owner<{ items: Target[] }>(
    'GET',
    `/api/image-registry/targets?entityRef=${entityRef}`,
  );
  const { ref, registryId, repository } = items.find(
    ({ environment }) => environment === 'staging',
  )!;
  await owner('POST', '/api/image-registry/rollouts', {
    entityRef,
    target: ref,
    image: { registryId, repository, tag },
    consent: true,
  });
}

test('a push waits for another owner, is undone, held and resumed', async ({
  open,
  as,
  sandbox,
}, testInfo) => {
  // Several rollouts, one after the other.
  test.slow();
  const [admin, owner] = await Promise.all([as('admin'), as('owner')]);
  const protect = async (protection: object) => {
    const { items } = await admin<{ items: Environment[] }>(
      'GET',
      '/api/image-registry/environments',
    );
    const { id, version } = items.find(({ name }) => name === 'staging')!;
    await admin('PATCH', `/api/image-registry/environments/${id}`, {
      version,
      protection,
    });
  };
  const clearPolicies = async () => {
    const { items } = await owner<{ items: { id: string }[] }>(
      'GET',
      '/api/image-registry/policies?entityRef=component:default/worker',
    );
    for (const { id } of items) {
      await owner('DELETE', `/api/image-registry/policies/${id}`);
    }
  };
  // Another try finds the releases of the one before.
  const [first, second, third] = [1, 2, 3].map(
    number => `9.${testInfo.retry * 3 + number}.0`,
  );
  await clearPolicies();
  try {
    await sandbox.push('demo/worker', first);
    await deploy(owner, first);
    const page = await open('owner');
    await page.goto(PAGE);
    const staging = card(page, 'staging', LABEL);
    await expect(staging).toContainText(`: ${first}`, LONG);
    await expect(historyRows(page).first()).toContainText('Succeeded', LONG);
    await staging.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Auto deploy…' }).click();
    const drawer = page.getByRole('dialog', { name: 'Auto deploy of worker' });
    await drawer.getByRole('button', { name: /^Take/ }).click();
    await page.getByRole('option', { name: 'version range' }).click();
    await drawer.getByRole('textbox', { name: 'Range' }).fill('^9');
    await expect(drawer.getByText(/^\d+ of \d+ tags accepted/)).toBeVisible();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(drawer.getByText(/^Saved\./)).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await protect({ approvals: { count: 1 } });
    await sandbox.push('demo/worker', second);
    await expect(staging).toContainText(WAITS, LONG);
    const own = staging.getByRole('button', { name: 'Approve' });
    await expect(own).toHaveAttribute('aria-disabled', 'true');
    await expect(own).toHaveAttribute('aria-description', /.+/);

    const other = await open('owner2');
    await other.goto(PAGE);
    await card(other, 'staging', LABEL)
      .getByRole('button', { name: 'Approve' })
      .click();
    await other
      .getByRole('dialog', { name: `Approve ${second} for worker?` })
      .getByRole('button', { name: 'Approve' })
      .click();
    await expect(staging).toContainText(`: ${second}`, LONG);
    await expect(historyRows(page).first()).toContainText('Succeeded', LONG);

    // What was healthy here needs no approval.
    await staging.getByRole('button', { name: 'Roll back' }).click();
    await page
      .getByRole('dialog', { name: 'Roll back worker' })
      .getByRole('button', { name: 'Roll back' })
      .click();
    await expect(staging).toContainText('Held', LONG);
    await expect(staging).toContainText(`: ${first}`, LONG);

    await sandbox.push('demo/worker', third);
    await expect(staging).toContainText(`on resume: ${third}`, LONG);
    await staging.getByRole('button', { name: 'Change rule…' }).click();
    await expect(drawer.getByText(`${third} would have deployed`)).toBeVisible(
      LONG,
    );
    await expect(
      drawer.getByText(/asks of every deploy: 1 approval by/),
    ).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await staging.getByRole('button', { name: 'Resume' }).click();
    await expect(staging).toContainText(WAITS, LONG);
  } finally {
    await clearPolicies();
    await protect({});
  }
});
