// @ts-check

/**
 * Where the workloads of a component were when a cluster was last looked at as
 * a whole: told while the cluster does not answer.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('component_places', table => {
    table.string('entity_ref', 512).notNullable();
    table.string('cluster', 253).notNullable();
    table
      .text('namespaces')
      .notNullable()
      .comment('JSON: list of names, empty where nothing was found');
    table.bigInteger('seen_at').notNullable();
    table.primary(['entity_ref', 'cluster']);
    table.index(['seen_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('component_places');
};
