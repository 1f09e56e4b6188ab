// @ts-check

/**
 * How often a step was repeated for the same reason: a rollout that waits for
 * days keeps one row for it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollout_events', table => {
    table.integer('times').notNullable().defaultTo(1);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollout_events', table => {
    table.dropColumn('times');
  });
};
