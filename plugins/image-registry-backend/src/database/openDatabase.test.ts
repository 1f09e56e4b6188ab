import { component, startPortal } from '../testing/startPortal';
import { eachDatabase } from '../testing';
import { as } from '../testing/people';

describe.each(eachDatabase())('openDatabase, $name', database => {
  it('lets no value of a failed statement out', async () => {
    const knex = await database.create();
    const portal = await startPortal({ knex, entities: [component('web')] });
    try {
      await knex.schema.renameTable('holds', 'lost');
      const { status, text } = await portal.call(
        'GET',
        '/holds?entityRef=component:default/web',
        as('owner'),
      );
      expect(status).toBe(500);
      // The request is repeated in every answer: only the error counts.
      expect(JSON.parse(text).error.message).not.toContain('component:');
      const failures = JSON.stringify(
        portal.logger.error.mock.calls.map(call => call.map(String)),
      );
      expect(failures).toContain('500');
      expect(failures).not.toContain('component:');
    } finally {
      await knex.schema.renameTable('lost', 'holds');
      await portal.stop();
    }
  });
});
