// @ts-check

/**
 * Why the portal itself set a hold, in a form that can be translated.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('holds', table => {
    table.text('because').comment('JSON of a reason');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('holds', table => {
    table.dropColumn('because');
  });
};
