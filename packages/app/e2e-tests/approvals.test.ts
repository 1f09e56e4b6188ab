import type { PortalCall } from '../../../scripts/start/signInTo.mts';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

const PAGE = '/catalog/default/component/worker/deploy';
const LABEL = 'Deployment/worker · worker';

const COMPONENT = 'component:default/worker';
/** Other files change the policy in staging, and web in production. */
const target = {
  cluster: 'sandbox',
  namespace: 'shop-prod',
  kind: 'Deployment',
  name: 'worker',
  container: 'worker',
};

/** A push is heard of, decided and rolled out in the background. */
const LONG = { timeout: 30_000 };
const REFUSED = 'owner asked for it and cannot approve it';
const WAITS = 'Waiting for 1 approval of team-shop';

/** Deploys by hand what the rule of the test can compare with. */
async function deploy(owner: PortalCall, tag: string) {
  await owner('POST', '/api/image-registry/rollouts', {
    entityRef: COMPONENT,
    target,
    image: { registryId: 'sandbox', repository: 'demo/worker', tag },
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
  const owner = await as('owner');
  /** Policies and holds of the target, which a try before may have left. */
  const clear = async () => {
    for (const what of ['policies', 'holds']) {
      const { items } = await owner<{
        items: {
          id: string;
          /** Of a policy. */
          target?: { namespace: string };
          /** Of a hold. */
          targetKey?: string;
        }[];
      }>('GET', `/api/image-registry/${what}?entityRef=${COMPONENT}`);
      for (const item of items) {
        const of = item.targetKey ?? item.target?.namespace;
        if (of?.includes(target.namespace)) {
          await owner('DELETE', `/api/image-registry/${what}/${item.id}`);
        }
      }
    }
  };
  // Another try finds the releases of the one before.
  const [first, second, third] = [1, 2, 3].map(
    number => `9.${testInfo.retry * 3 + number}.0`,
  );
  await clear();
  try {
    await sandbox.push('demo/worker', first);
    await deploy(owner, first);
    const page = await open('owner');
    await page.goto(PAGE);
    const production = card(page, 'production', LABEL);
    const succeeded = (tag: string) =>
      historyRows(page)
        .filter({ hasText: tag })
        .filter({ hasText: 'Succeeded' })
        .first();
    await expect(production).toContainText(`: ${first}`, LONG);
    await expect(succeeded(first)).toBeVisible(LONG);
    await production.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Auto deploy…' }).click();
    const drawer = page.getByRole('dialog', { name: 'Auto deploy of worker' });
    await drawer.getByRole('button', { name: /^Take/ }).click();
    await page.getByRole('option', { name: 'version range' }).click();
    await drawer.getByRole('textbox', { name: 'Range' }).fill('^9');
    await expect(drawer.getByText(/^\d+ of \d+ tags accepted/)).toBeVisible();
    await drawer.getByRole('button', { name: /^What a push does/ }).click();
    await page
      .getByRole('option', { name: 'ask for approval, then deploy' })
      .click();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(drawer.getByText(/^Saved\./)).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).click();
    await sandbox.push('demo/worker', second);
    await expect(production).toContainText(WAITS, LONG);
    const own = production.getByRole('button', { name: 'Approve' });
    await expect(own).toHaveAttribute('aria-disabled', 'true');
    await own.hover();
    await expect(page.getByRole('tooltip')).toHaveText(REFUSED);
    const { items } = await owner<{
      items: { id: string; entityRef: string; approval: { digest: string } }[];
    }>('GET', '/api/image-registry/approvals');
    const asked = items.find(({ entityRef }) => entityRef === COMPONENT)!;
    await expect(
      owner('POST', `/api/image-registry/rollouts/${asked.id}/approve`, {
        digest: asked.approval.digest,
      }),
    ).rejects.toThrow(/answered 403.*cannot approve it/s);

    const other = await open('owner2');
    await other.goto(PAGE);
    await card(other, 'production', LABEL)
      .getByRole('button', { name: 'Approve' })
      .click();
    await other
      .getByRole('dialog', { name: `Approve ${second} for worker?` })
      .getByRole('button', { name: 'Approve' })
      .click();
    await expect(production).toContainText(`: ${second}`, LONG);
    await expect(succeeded(second)).toBeVisible(LONG);

    // What was healthy here waits for nobody.
    await production.getByRole('button', { name: 'Roll back' }).click();
    await page
      .getByRole('dialog', { name: 'Roll back worker' })
      .getByRole('button', { name: 'Roll back' })
      .click();
    await expect(production).toContainText('Held', LONG);
    await expect(production).toContainText(`: ${first}`, LONG);

    await sandbox.push('demo/worker', third);
    await expect(production).toContainText(`on resume: ${third}`, LONG);
    await production.getByRole('button', { name: 'Change rule…' }).click();
    await expect(drawer.getByText(`${third} would have deployed`)).toBeVisible(
      LONG,
    );
    await drawer.getByRole('button', { name: 'Close' }).click();
    await production.getByRole('button', { name: 'Resume' }).click();
    await expect(production).toContainText(WAITS, LONG);
  } finally {
    await clear();
  }
});
