// @ts-check

/**
 * Logins of registries that are kept in Kubernetes namespaces: where, for whom
 * and how they stand. What is in them is in the cluster alone.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('pull_secrets', table => {
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('registry_id', 64).notNullable();
    table.string('service_account', 253);
    table.string('name', 253);
    table.string('host', 512);
    table.string('state', 16).notNullable();
    table.text('message');
    table.string('author', 512).notNullable();
    table.bigInteger('expires_at');
    table.bigInteger('renew_at');
    table.bigInteger('written_at');
    table.bigInteger('checked_at');
    table.primary(['cluster', 'namespace', 'registry_id']);
    table.index(['registry_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pull_secrets');
};
