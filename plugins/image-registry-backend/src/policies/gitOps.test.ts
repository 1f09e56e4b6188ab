import {
  Hold,
  Rollout,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { digestOf, eachDatabase, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const entityRef = 'component:default/web';
const argo = { tool: 'argo-cd' as const, name: 'web' };
const undone = 'Argo CD application web would undo this';

describe.each(eachDatabase())('GitOps, $name', database => {
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    portal.cluster.add('web', { image: `registry.test/shop/web:old@${B}` });
    portal.registry.push('shop/web:main', A);
    portal.registry.push('shop/web:old', B);
  });

  afterEach(() => portal.stop());

  const target = () => portal.cluster.workload('web').ref;
  const policy = () => ({
    entityRef,
    target: target(),
    image: { registryId: 'local', repository: 'shop/web' },
    rule: { kind: 'same-tag', tag: 'main' },
  });
  const deploy = (change: object = {}) =>
    portal.call('POST', '/rollouts', as('owner'), {
      entityRef,
      target: target(),
      image: { registryId: 'local', repository: 'shop/web', tag: 'main' },
      ...change,
    });
  const shown = async () =>
    (await portal.call('GET', `/targets?entityRef=${entityRef}`, as('owner')))
      .body.items[0];
  const rollouts = async (): Promise<Rollout[]> =>
    (await portal.call('GET', '/rollouts', as('owner'))).body.items;
  const holds = async (): Promise<Hold[]> =>
    (await portal.call('GET', `/holds?entityRef=${entityRef}`, as('owner')))
      .body.items;
  const consent = () =>
    portal.call(
      'POST',
      `/targets/${encodeURIComponent(targetKey(target()))}/consent`,
      as('owner'),
      { entityRef },
    );
  const ended = (state: string) =>
    waitFor(async () => (await rollouts())[0]?.state === state, {
      what: `a rollout to be ${state}`,
    });

  it('refuses what it would undo, until a person agrees', async () => {
    portal.cluster.change('web', { managedBy: argo });
    expect(await shown()).toMatchObject({
      managedBy: argo,
      undoneBy: { code: 'argo-cd-would-undo', params: { name: 'web' } },
    });
    const enabled = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      policy(),
    );
    expect([enabled.status, enabled.text]).toEqual([
      409,
      expect.stringContaining(undone),
    ]);
    const refused = await deploy();
    expect([refused.status, refused.text]).toEqual([
      409,
      expect.stringContaining(undone),
    ]);
    const { body: diff } = await deploy({ dryRun: true });
    expect(diff).toMatchObject({
      consented: false,
      undoneBy: { message: undone },
    });

    expect((await deploy({ consent: true })).status).toBe(202);
    await ended('succeeded');
    expect((await shown()).undoneBy).toBeUndefined();
    expect(
      (await portal.call('POST', '/policies', as('owner'), policy())).status,
    ).toBe(201);
    expect(portal.outcomes).toContain('image-deploy/deploy: success');
  });

  it('blocks auto deploy when it takes the workload, and lets it go on by consent', async () => {
    const { body } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      policy(),
    );
    await ended('succeeded');
    portal.cluster.change('web', { managedBy: argo });
    portal.registry.push('shop/web:main', C);
    await portal.announce(['shop/web:main']);
    await ended('cancelled');
    expect((await rollouts())[0].reason?.message).toBe(undone);
    const blocked = await portal.call(
      'GET',
      `/policies/${body.id}`,
      as('owner'),
    );
    expect(blocked.body.blocked).toMatchObject({ code: 'argo-cd-would-undo' });

    expect((await consent()).status).toBe(204);
    await ended('succeeded');
    expect(portal.cluster.workload('web').image).toContain(C);
  });

  it('holds what it undoes during a rollout', async () => {
    const manager = 'argocd-controller';
    portal.cluster.looks.set(A, [
      {
        phase: 'replaced',
        replacedBy: { manager, title: 'Argo CD', tool: 'argo-cd' },
        reason: {
          code: 'image-reverted',
          message: 'Argo CD set the image back to shop/web:old.',
          params: { image: 'shop/web:old', title: 'Argo CD', manager },
        },
      },
    ]);
    await deploy();
    await ended('failed');
    expect((await rollouts())[0].reason?.code).toBe('image-reverted');
    expect(await holds()).toMatchObject([
      { because: { code: 'image-reverted' } },
    ]);
  });

  it('is noticed when it undoes a deploy that had succeeded', async () => {
    portal.cluster.change('web', { managedBy: argo });
    await deploy({ consent: true });
    await ended('succeeded');
    const image = `registry.test/shop/web:old@${B}`;
    portal.cluster.change('web', {
      image,
      runningDigests: [B],
      owners: [{ manager: 'argocd-controller', time: '2026-01-02T00:00:00Z' }],
    });
    await portal.scheduler.triggerTask('image-registry-reverts');
    await portal.scheduler.triggerTask('image-registry-reverts');
    expect(await rollouts()).toMatchObject([
      {
        cause: 'outside',
        author: 'argocd-controller',
        image: { digest: B },
        reason: {
          code: 'image-reverted',
          message: `Argo CD set the image back to ${image}`,
        },
      },
      { cause: 'person', state: 'succeeded' },
    ]);
    expect(await holds()).toMatchObject([
      { because: { code: 'image-reverted', params: { title: 'Argo CD' } } },
    ]);
  });
});
