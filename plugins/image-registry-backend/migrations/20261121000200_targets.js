// @ts-check

/**
 * Environments and what is known of each target beyond what its cluster says.
 * Times are milliseconds since 1970 UTC; lists and objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environments', table => {
    table.string('id', 36).primary();
    table.string('name', 63).notNullable();
    table.string('name_key', 63).notNullable().unique();
    table.integer('position').notNullable();
    table.text('places').notNullable();
    table.string('default_registry_id', 64);
    table.text('owners').notNullable();
    table.text('systems').notNullable();
    table.integer('version').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
  });
  await knex.schema.createTable('targets', table => {
    table.comment('Locked to serialise everything that happens to one target');
    table.string('target_key', 1024).primary();
    table.string('desired_digest', 140);
    table.text('desired_image');
    table.string('consent_author', 512);
    table.bigInteger('consent_at');
    table.bigInteger('applied_at');
    table.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('holds', table => {
    table.string('id', 36).primary();
    table.string('target_key', 1024).notNullable().unique();
    table.string('entity_ref', 512).notNullable().index();
    table.string('reason', 500).notNullable();
    table.string('author', 512);
    table.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('blocked_digests', table => {
    table.string('target_key', 1024).notNullable();
    table.string('digest', 140).notNullable();
    table.string('rollout_id', 36).notNullable();
    table.bigInteger('created_at').notNullable();
    table.primary(['target_key', 'digest']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('blocked_digests');
  await knex.schema.dropTable('holds');
  await knex.schema.dropTable('targets');
  await knex.schema.dropTable('environments');
};
