// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('component_sources', table => {
    table.comment('Where a person says that the images of a component are');
    table.string('entity_ref', 512).notNullable();
    table.string('container', 63).notNullable().comment('Empty: every one');
    table.string('environment', 64).notNullable().comment('Empty: every one');
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.string('chosen_by', 512).notNullable();
    table.bigInteger('chosen_at').notNullable().comment('Milliseconds');
    table.primary(['entity_ref', 'container', 'environment']);
    table.index(['registry_id'], 'component_sources_registry');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('component_sources');
};
