// @ts-check

/**
 * What is known of the writes of a rollout that did not come to their end.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table
      .integer('write_tries')
      .notNullable()
      .defaultTo(0)
      .comment('Writes that are known to have changed nothing');
    table
      .bigInteger('write_lost_at')
      .comment('When the answer to a write was missed last');
    table
      .text('desired_before')
      .comment('JSON: what its targets were to run before it took them');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumn('desired_before');
    table.dropColumn('write_lost_at');
    table.dropColumn('write_tries');
  });
};
