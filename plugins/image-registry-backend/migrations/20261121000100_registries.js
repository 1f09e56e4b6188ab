// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('registries', table => {
    table.comment('Registry integrations; those of app-config are mirrored');
    table.string('id', 64).primary();
    table.string('name', 100).notNullable();
    table.string('name_key', 100).notNullable().comment('Name in lower case');
    table.string('provider', 64).notNullable();
    table.text('address').notNullable().comment('Normalised base URL');
    table.text('options').notNullable().comment('JSON');
    table.text('tls').notNullable().comment('JSON');
    table.text('pull_address');
    table.text('namespace');
    table.text('grants').notNullable().comment('JSON');
    table.boolean('is_default').notNullable();
    table.string('source', 16).notNullable().comment('database or config');
    table.string('status_state', 16).notNullable();
    table.text('status_message');
    table.bigInteger('status_checked_at').comment('Milliseconds');
    table.text('status_steps').comment('JSON: steps of the last check');
    table.integer('version').notNullable();
    table.bigInteger('created_at').notNullable().comment('Milliseconds');
    table.bigInteger('updated_at').notNullable().comment('Milliseconds');
    table.bigInteger('removed_at').comment('When it left app-config');
    table.unique(['name_key'], { indexName: 'registries_name_unique' });
  });
  // At most one default, whatever two requests do at the same time.
  await knex.raw(
    'CREATE UNIQUE INDEX registries_default_unique ON registries (is_default) WHERE is_default',
  );

  await knex.schema.createTable('registry_credentials', table => {
    table.comment('Logins of registries, encrypted');
    table.string('id', 64).primary();
    table
      .string('registry_id', 64)
      .notNullable()
      .references('id')
      .inTable('registries')
      .onDelete('CASCADE');
    table.string('purpose', 16).notNullable().comment('manage');
    table.string('key_id', 64).notNullable().comment('Which key encrypted it');
    table.string('nonce', 24).notNullable().comment('Base64, 96 bits');
    table.text('ciphertext').notNullable().comment('Base64, with its tag');
    table.text('username').comment('In clear, as it is shown');
    table.bigInteger('updated_at').notNullable().comment('Milliseconds');
    table.unique(['registry_id', 'purpose'], {
      indexName: 'registry_credentials_unique',
    });
    table.index(['key_id'], 'registry_credentials_key');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('registry_credentials');
  await knex.schema.dropTable('registries');
};
