// @ts-check

/**
 * What an event costs does not depend on how many wait: open events by
 * repository and by when they are due, and those that somebody holds. The
 * index of all events by repository served nothing and cost each push.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    "CREATE INDEX image_events_due ON image_events(registry_id, repository, COALESCE(next_attempt_at, 0), sequence) WHERE outcome IN ('pending', 'waiting')",
  );
  await knex.raw(
    'CREATE INDEX image_events_held ON image_events(registry_id, repository, lease_until) WHERE lease_until IS NOT NULL',
  );
  await knex.raw('DROP INDEX image_events_worked_on');
  await knex.schema.alterTable('image_events', table => {
    table.dropIndex(['registry_id', 'repository', 'sequence']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('image_events', table => {
    table.index(['registry_id', 'repository', 'sequence']);
  });
  await knex.raw(
    "CREATE INDEX image_events_worked_on ON image_events(registry_id, repository, lease_until) WHERE outcome IN ('pending', 'waiting')",
  );
  await knex.raw('DROP INDEX image_events_held');
  await knex.raw('DROP INDEX image_events_due');
};
