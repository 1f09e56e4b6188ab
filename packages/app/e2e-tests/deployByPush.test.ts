import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { card, historyRows } from './lanes';
import { expect, test } from './test';

const run = promisify(execFile);

test('an open deploy tab shows what a push brings', async ({
  open,
  sandbox,
  surroundings,
}, testInfo) => {
  const { registry } = surroundings.portal;
  const page = await open('owner');
  await page.goto('/catalog/default/component/api/deploy');
  const staging = card(page, 'staging', 'Deployment/api · api');
  await expect(staging).toContainText('Auto deploy: the highest version in ^2');
  await page.evaluate(() => {
    document.body.dataset.loadedOnce = 'yes';
  });

  const tag = `v2.${5 + testInfo.retry}.0`;
  await sandbox.push('built/api', tag);
  const copy = [
    'copy',
    '--all',
    '--src-tls-verify=false',
    '--dest-tls-verify=false',
    `docker://${registry}/built/api:${tag}`,
    `docker://${registry}/demo/api:${tag}`,
  ];
  try {
    await run('skopeo', copy);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
    testInfo.annotations.push({
      type: 'gap',
      description: 'skopeo is not installed: the sandbox pushed by itself',
    });
    await sandbox.push('demo/api', tag);
  }

  await expect(staging).toContainText(tag, { timeout: 30_000 });
  const newest = historyRows(page).first();
  await expect(newest).toContainText(tag);
  await expect(newest).toContainText('auto deploy · the highest version in ^2');
  await expect(newest).toContainText('Succeeded', { timeout: 30_000 });
  await expect(staging).toContainText('Healthy');
  await expect(page.locator('body')).toHaveAttribute('data-loaded-once', 'yes');
});
