import {
  Deployments,
  type TargetName,
} from '../../../scripts/browser/Deployments.mts';
import { card } from './lanes';
import { expect, test } from './test';

const target: TargetName = {
  namespace: 'shop-prod',
  kind: 'Deployment',
  name: 'web',
  container: 'web',
};

for (const { tag, words } of [
  { tag: 'v1.4.0-broken', words: /ImagePullBackOff|ErrImagePull|pull/i },
  { tag: 'v1.4.0-crash', words: /crashed|CrashLoopBackOff/ },
]) {
  test(`says in words why ${tag} failed`, async ({ open, as }) => {
    const owner = await as('owner');
    const web = new Deployments(owner, 'web');
    await web.consent(target);
    const page = await open('owner');
    await page.goto('/catalog/default/component/web/deploy');
    const production = card(page, 'production', 'Deployment/web · web');
    await expect(production).toContainText('Healthy');

    const rollout = await web.deploy(target, 'demo/web', tag);
    expect(['failed', 'rolled-back']).toContain(rollout.state);

    await expect(production).toContainText(/Failed|Rolled back/);
    await expect(production).toContainText(words);
    await production.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Pods and logs' }).click();
    const pods = page.getByRole('dialog', { name: 'Pods' });
    await expect(pods).toContainText(words);

    const back = await web.deploy(target, 'demo/web', 'v1.2.0');
    expect(back.state).toBe('succeeded');
    await page.keyboard.press('Escape');
    await expect(production).toContainText('v1.2.0');
    await expect(production).not.toContainText('Failed');
  });
}
