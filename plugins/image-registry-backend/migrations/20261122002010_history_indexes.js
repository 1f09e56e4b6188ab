// @ts-check

/**
 * Neither finding work nor removing what is old reads the whole history: open
 * rollouts by target, and rows by the time that their retention counts from.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    "CREATE INDEX rollouts_open_of_target ON rollouts(target_key, sequence) WHERE state IN ('queued', 'waiting', 'applying', 'progressing', 'rolling-back')",
  );
  await knex.schema.alterTable('rollouts', table => {
    table.index('finished_at');
  });
  await knex.schema.alterTable('decisions', table => {
    table.index('decided_at');
  });
  await knex.schema.alterTable('tag_changes', table => {
    table.index('observed_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tag_changes', table => {
    table.dropIndex('observed_at');
  });
  await knex.schema.alterTable('decisions', table => {
    table.dropIndex('decided_at');
  });
  await knex.schema.alterTable('rollouts', table => {
    table.dropIndex('finished_at');
  });
  await knex.raw('DROP INDEX rollouts_open_of_target');
};
