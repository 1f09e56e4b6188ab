// @ts-check

/**
 * Proxies and pull logins of registries, and what endpoints verify.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('registries', table => {
    table.text('proxy').comment('URL of the proxy for this registry alone');
    table
      .boolean('pull_with_manage')
      .notNullable()
      .defaultTo(false)
      .comment('Clusters may be given the credentials of the portal');
  });
  await knex.schema.alterTable('webhook_endpoints', table => {
    table
      .text('settings')
      .comment("JSON: what a vendor's signature is verified against");
  });
  // The key of an HMAC must be known, unlike a secret that is only compared.
  await knex.schema.alterTable('webhook_secrets', table => {
    table.string('key_id', 64).comment('Which key encrypted the secret');
    table.string('nonce', 24).comment('Base64, 96 bits');
    table.text('ciphertext').comment('Base64, with its tag');
    table.index(['key_id'], 'webhook_secrets_key');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('webhook_secrets', table => {
    table.dropIndex(['key_id'], 'webhook_secrets_key');
    table.dropColumns('key_id', 'nonce', 'ciphertext');
  });
  await knex.schema.alterTable('webhook_endpoints', table => {
    table.dropColumn('settings');
  });
  await knex('registry_credentials').where({ purpose: 'pull' }).delete();
  await knex.schema.alterTable('registries', table => {
    table.dropColumns('proxy', 'pull_with_manage');
  });
};
