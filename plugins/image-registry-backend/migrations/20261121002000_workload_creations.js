// @ts-check

/**
 * Components that were made from images: what the catalog is told, and under
 * which Idempotency-Key, so that nothing is made twice. Neither the form's
 * values nor the manifests are kept: environment variables may be secrets.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('workload_creations', table => {
    table.string('id', 36).primary();
    table.string('entity_ref', 512).notNullable().index();
    table.string('author', 512).notNullable();
    table.string('idempotency_key', 64).unique();
    table.string('request_hash', 64).notNullable();
    table.string('state', 16).notNullable();
    table.string('image', 2048).notNullable();
    table.text('entity').notNullable();
    table.text('objects');
    table.bigInteger('created_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('workload_creations');
};
