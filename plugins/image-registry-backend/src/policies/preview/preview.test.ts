import { digestOf, sqlite, waitFor } from '../../testing';
import { as } from '../../testing/people';
import { component, startPortal } from '../../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);
const query =
  'entityRef=component:default/web&registryId=local&repository=shop/web';

describe('the past of a repository', () => {
  const database = sqlite();

  it('tells what a rule would have deployed, to those who may see it', async () => {
    const portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    portal.cluster.add('web');
    for (const [tag, digest] of [
      ['1.0.0', A],
      ['1.2.0', B],
      ['1.1.0', C],
    ]) {
      portal.registry.push(`shop/web:${tag}`, digest);
      await portal.announce([`shop/web:${tag}`]);
      await waitFor(
        async () => portal.knex('tag_changes').where({ tag }).first(),
        { what: tag },
      );
    }
    await portal
      .knex('tag_changes')
      .where({ tag: '1.0.0' })
      .update({ observed_at: Date.now() - 31 * 24 * 60 * 60_000 });
    const { body } = await portal.call(
      'GET',
      `/policies/changes?${query}`,
      as('owner'),
    );
    expect(body.before).toMatchObject([{ tag: '1.0.0', digest: A }]);
    expect(body.changes).toMatchObject([
      { tag: '1.2.0', digest: B },
      { tag: '1.1.0', digest: C },
    ]);

    const preview = async (rule: unknown) =>
      (
        await portal.call('POST', '/policies/preview', as('owner'), {
          entityRef: 'component:default/web',
          image: { registryId: 'local', repository: 'shop/web' },
          rule,
        })
      ).body.past;
    expect(await preview({ kind: 'semver', range: '^1' })).toMatchObject({
      changes: 2,
      deploys: [{ tag: '1.2.0', digest: B }],
    });
    expect(await preview({ kind: 'newest-pushed' })).toMatchObject({
      deploys: [{ tag: '1.2.0' }, { tag: '1.1.0' }],
    });
    expect(await preview({ kind: 'newest-created' })).toBeUndefined();
    await portal.stop();
  });
});
