// @ts-check

/**
 * When each repository that policies listen to is looked at without an event,
 * and how many tags its last whole listing had.
 * Times are milliseconds since 1970 UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('repository_polls', table => {
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.bigInteger('due_at').notNullable().index();
    table.string('lease_token', 36);
    table.bigInteger('lease_until');
    table.integer('failures').notNullable().defaultTo(0).comment('In a row');
    table.bigInteger('polled_at');
    table.string('outcome', 16);
    table.text('reason').comment('Why it was not a whole look');
    table.primary(['registry_id', 'repository']);
  });
  await knex.schema.createTable('repository_listings', table => {
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.integer('tag_count').notNullable();
    table.bigInteger('read_at').notNullable();
    table.integer('shrunk_count').comment('Of a listing that lost too much');
    table.bigInteger('shrunk_at').comment('When it was first so small');
    table.primary(['registry_id', 'repository']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('repository_listings');
  await knex.schema.dropTable('repository_polls');
};
