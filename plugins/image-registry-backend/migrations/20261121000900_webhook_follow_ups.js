// @ts-check

/**
 * Requests that a vendor's handshake asks for, made after the answer.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('webhook_follow_ups', table => {
    table.string('delivery_id', 36).primary();
    table.text('url').notNullable();
    table.string('state', 16).notNullable().comment('pending, done or failed');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_attempt_at').notNullable().comment('Milliseconds');
    table.text('message').comment('Why the last attempt failed');
    table.index(['state', 'next_attempt_at'], 'webhook_follow_ups_due');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('webhook_follow_ups');
};
