import { targetKey } from '@slipway/backstage-plugin-image-registry-common';
import { sqlite } from '../testing';
import { as } from '../testing/people';
import { component, startPortal } from '../testing/startPortal';

describe('logs of pods', () => {
  const database = sqlite();

  it('are shown without what is secret', async () => {
    const portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
    });
    const key = encodeURIComponent(targetKey(portal.cluster.add('web')));
    portal.cluster.log =
      'pulled from https://robot:dummy-password@registry.test';
    const { status, body } = await portal.call(
      'GET',
      `/targets/${key}/logs?entityRef=component:default/web&pod=web-1`,
      as('owner'),
    );
    expect(status).toBe(200);
    expect(body).toEqual({ log: 'pulled from https://***@registry.test' });
    await portal.stop();
  });
});
