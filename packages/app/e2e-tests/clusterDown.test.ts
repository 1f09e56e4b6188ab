import { beginTwoClusters } from '../../../scripts/browser/deployStories.mts';
import { SandboxControl } from '../../../scripts/browser/SandboxControl.mts';
import { card } from './lanes';
import { expect, test } from './test';

test('a cluster that is down says so, holds up nothing, and recovers by itself', async ({
  open,
  surroundings,
}, testInfo) => {
  const { portal } = surroundings;
  const eu = new SandboxControl(portal.controlOfEu);
  const { target } = await beginTwoClusters(portal, {
    attempt: testInfo.retry,
  });
  const page = await open('owner');
  await page.goto('/catalog/default/component/ledger/deploy');
  const lane = page.getByRole('region', { name: 'worldwide' });
  const both = card(
    page,
    'worldwide',
    `Deployment/${target.name} · ledger`,
  ).filter({ hasText: 'Healthy' });
  await expect(both).toHaveCount(2);
  let mend = await eu.breakCluster({ kind: 'outage' });
  try {
    await expect(lane).toContainText(/Cluster eu stopped answering/);
    await expect(both).toHaveCount(1);
    await expect(both).toContainText(`sandbox / ${target.namespace}`);

    // Somebody who comes while it hangs does not wait for it either.
    await mend();
    mend = await eu.breakCluster({ kind: 'latency', milliseconds: 60_000 });
    await page.reload();
    await expect(both).toContainText(`sandbox / ${target.namespace}`);
    await expect(lane).toContainText(/Cluster eu stopped answering/);
  } finally {
    await mend();
  }
  await expect(both).toHaveCount(2);
  await expect(lane).not.toContainText('stopped answering');
});
