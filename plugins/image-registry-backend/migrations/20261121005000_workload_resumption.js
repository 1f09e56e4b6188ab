// @ts-check

/**
 * Components that the catalog had before their workload was made are not told
 * to it again; a creation that stopped half-way is gone on with by one at a
 * time.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('workload_creations', table => {
    table.boolean('existed').notNullable().defaultTo(false);
    table.bigInteger('worked_on_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('workload_creations', table => {
    table.dropColumn('existed');
    table.dropColumn('worked_on_at');
  });
};
