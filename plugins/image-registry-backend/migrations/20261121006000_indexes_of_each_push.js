// @ts-check

/**
 * What is asked at each push is answered without reading what is long past:
 * who listens to a repository and in which version, from an index alone, and
 * which repositories somebody works on, among open events alone.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policies', table => {
    table.index(
      ['registry_id', 'repository', 'enabled', 'id', 'version'],
      'policies_listening',
    );
    table.dropIndex(['registry_id', 'repository']);
  });
  await knex.raw(
    "CREATE INDEX image_events_worked_on ON image_events(registry_id, repository, lease_until) WHERE outcome IN ('pending', 'waiting')",
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX image_events_worked_on');
  await knex.schema.alterTable('policies', table => {
    table.index(['registry_id', 'repository']);
    table.dropIndex([], 'policies_listening');
  });
};
