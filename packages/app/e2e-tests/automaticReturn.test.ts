import { Deployments } from '../../../scripts/browser/Deployments.mts';
import { beginReturn } from '../../../scripts/browser/deployStories.mts';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

interface DecidedPolicy {
  id: string;
  lastDecision?: { reason: { code: string } };
}

test('a broken push is returned, held, and not tried again by the automation', async ({
  open,
  as,
  sandbox,
  surroundings,
}, testInfo) => {
  const { component, repository, target } = await beginReturn(
    surroundings.portal,
    { attempt: testInfo.retry },
  );
  const owner = await as('owner');
  const mailer = new Deployments(owner, component);
  await mailer.consent(target);
  const good = await mailer.deploy(target, repository, 'v1.1.0');
  expect(good.state).toBe('succeeded');
  const policy = await owner<{ id: string }>(
    'POST',
    '/api/image-registry/policies',
    {
      entityRef: `component:default/${component}`,
      target: { cluster: 'sandbox', ...target },
      image: { registryId: 'sandbox', repository },
      rule: { kind: 'regex', pattern: `v${testInfo.retry + 2}\\..*` },
    },
  );
  const [broken, remedy] = ['0.0-crash', '0.1'].map(
    rest => `v${testInfo.retry + 2}.${rest}`,
  );

  const decidedLast = async () => {
    const { items } = await owner<{ items: DecidedPolicy[] }>(
      'GET',
      `/api/image-registry/policies?entityRef=component:default/${component}`,
    );
    return items.find(({ id }) => id === policy.id)?.lastDecision?.reason.code;
  };

  const page = await open('owner');
  await page.goto(`/catalog/default/component/${component}/deploy`);
  const label = `Deployment/${target.name} · ${component}`;
  const acceptance = card(page, 'acceptance', label);
  await expect(acceptance).toContainText('Healthy');
  await sandbox.push(repository, broken);
  await expect(acceptance).toContainText('Rolled back', { timeout: 60_000 });
  await expect(acceptance).toContainText(/crashed/);
  await expect(acceptance).toContainText(': v1.1.0');
  await expect(acceptance).toContainText('Held');
  await expect(historyRows(page).first()).toContainText(broken);
  const before = await historyRows(page).count();

  await acceptance.getByRole('button', { name: 'Resume' }).click();
  await expect(acceptance).not.toContainText('Held');
  await expect(acceptance).toContainText(
    `${broken} failed here and is not tried again by itself`,
  );
  await expect.poll(decidedLast).toBe('digest-failed-before');
  await sandbox.push(repository, remedy);
  await expect(acceptance).toContainText(`: ${remedy}`);
  await expect(historyRows(page).first()).toContainText('Succeeded');
  // Between them nothing was rolled out: the broken one was not tried again.
  await expect(historyRows(page)).toHaveCount(before + 1);
});
