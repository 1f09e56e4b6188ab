// @ts-check

/**
 * What failed rollouts left to look at: the ends of logs, events and what was
 * said of the image, masked. Apart from the rollouts, whose lists do not need
 * it. Times are milliseconds since 1970 UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollout_evidence', table => {
    table.string('rollout_id', 36).primary();
    table.text('evidence').notNullable().comment('JSON, 64 KiB at most');
    table.bigInteger('captured_at').notNullable().index();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollout_evidence');
};
