// @ts-check

/**
 * Whether an environment's registry is kept as a pull secret in all of its
 * namespaces, also in those that come later, and who said so.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.string('pull_secret_author', 512);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumn('pull_secret_author');
  });
};
