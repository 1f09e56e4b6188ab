// @ts-check

/**
 * What a target ran, found healthy, when the portal deployed there first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table
      .string('healthy_before', 140)
      .comment(
        'Digest that ran, healthy, before the first rollout of a target',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumn('healthy_before');
  });
};
