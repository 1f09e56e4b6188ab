// @ts-check

/**
 * For which workload a person let the portal take the image field: not for
 * another that is made under its name later.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('targets', table => {
    table.string('consent_uid', 255);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('targets', table => {
    table.dropColumn('consent_uid');
  });
};
