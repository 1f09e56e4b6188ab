// @ts-check

/**
 * What environments ask of every deploy, and what policies ask beyond it.
 * Objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.text('protection').notNullable().defaultTo('{}');
  });
  await knex.schema.alterTable('policies', table => {
    table.text('gates').notNullable().defaultTo('{}');
    table.string('when_stopped', 16).notNullable().defaultTo('block');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policies', table => {
    table.dropColumn('when_stopped');
    table.dropColumn('gates');
  });
  await knex.schema.alterTable('environments', table => {
    table.dropColumn('protection');
  });
};
