// @ts-check

/**
 * How often registries told something of the images of a repository, such as a
 * finished scan: what was read before the last time is out of date.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('image_news', table => {
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.bigInteger('count').notNullable();
    table.primary(['registry_id', 'repository']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('image_news');
};
