// @ts-check

/**
 * The policies that listened to a repository, kept once for all the pushes
 * that met them: which of them refuse a tag by its name follows from their
 * rules, and is not written down for each push.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('listener_sets', table => {
    table.string('id', 64).primary();
    table
      .text('listeners')
      .notNullable()
      .comment('[{ policyId, policyVersion, entityRef, rule }]');
    table.bigInteger('used_at').notNullable();
  });
  await knex.schema.alterTable('tag_changes', table => {
    table.string('listener_set_id', 64);
    table
      .text('listeners_apart')
      .comment('Ids of those of the set that did not refuse it by its name');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tag_changes', table => {
    table.dropColumn('listeners_apart');
    table.dropColumn('listener_set_id');
  });
  await knex.schema.dropTable('listener_sets');
};
