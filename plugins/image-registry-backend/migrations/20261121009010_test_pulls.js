// @ts-check

/**
 * Test pulls under way and their ends: whoever looks may be answered by another
 * replica than the one that waits for the pod.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('test_pulls', table => {
    table.string('id', 36).primary();
    table.string('entity_ref', 512).notNullable();
    table.string('author', 512).notNullable();
    table.string('image', 2048).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('running, ended or cancelled');
    table.text('steps').notNullable().comment('JSON');
    table.text('failure').comment('JSON: why the cluster tells no more');
    table.bigInteger('started_at').notNullable().index();
    table.bigInteger('deadline_at').notNullable();
    table.bigInteger('ended_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('test_pulls');
};
