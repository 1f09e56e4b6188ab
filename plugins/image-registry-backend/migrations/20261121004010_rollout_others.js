// @ts-check

/**
 * Rollouts that change several containers of one workload: what the others get
 * and had, and which targets those are.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.text('others');
  });
  await knex.schema.createTable('rollout_targets', table => {
    table.string('rollout_id', 36).notNullable();
    table.string('target_key', 1024).notNullable();
    table.primary(['rollout_id', 'target_key']);
    table.index(['target_key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollout_targets');
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumn('others');
  });
};
