// @ts-check

/**
 * Which GitOps object would undo what the portal writes: whoever consented
 * knew of it. Another one that takes the workload is asked about anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('targets', table => {
    table.string('consent_despite', 600);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('targets', table => {
    table.dropColumn('consent_despite');
  });
};
