// @ts-check

/**
 * The inbox: endpoints, what they received, and what is known of each tag.
 * Times are milliseconds since 1970 UTC; lists and objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('webhook_endpoints', table => {
    table.string('id', 64).primary();
    table.string('registry_id', 64).notNullable().index();
    table.string('name', 100).notNullable();
    table.text('repositories');
    table.string('entity_ref', 512).index();
    table.string('source', 16).notNullable();
    table.string('created_by', 512);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_received_at');
    table.integer('refusal_count').notNullable().defaultTo(0);
    table.bigInteger('last_refusal_at');
    table.text('last_refusal_reason');
  });
  await knex.schema.createTable('webhook_secrets', table => {
    table.string('id', 36).primary();
    table
      .string('endpoint_id', 64)
      .notNullable()
      .references('id')
      .inTable('webhook_endpoints')
      .onDelete('CASCADE')
      .index();
    table.string('hash', 64).notNullable().comment('SHA-256, hex');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_used_at');
  });
  await knex.schema.createTable('deliveries', table => {
    table.bigIncrements('sequence').primary();
    table.string('id', 36).notNullable().unique();
    table.string('registry_id', 64).notNullable();
    table.string('endpoint_id', 64);
    table.bigInteger('received_at').notNullable();
    table.string('format', 64);
    table.string('content_type', 255);
    table.text('headers').notNullable();
    table.text('body');
    table.integer('bytes').notNullable();
    table.string('replay_of', 36);
    table.index(['registry_id', 'sequence']);
    table.index('received_at');
  });
  await knex.schema.createTable('image_events', table => {
    table.bigIncrements('sequence').primary();
    table.string('id', 36).notNullable().unique();
    table.string('delivery_id', 36).notNullable().index();
    table.string('registry_id', 64).notNullable();
    table.string('kind', 16).notNullable();
    table.string('repository', 255);
    table.string('tag', 128);
    table.string('digest', 140);
    table.string('pushed_by', 512);
    table.bigInteger('occurred_at');
    table.bigInteger('received_at').notNullable();
    table.string('outcome', 16).notNullable();
    table.text('reason');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_attempt_at');
    table.string('lease_token', 36);
    table.bigInteger('lease_until');
    table.boolean('forced').notNullable().defaultTo(false);
    table.index(['registry_id', 'repository', 'sequence']);
  });
  await knex.raw(
    "CREATE INDEX image_events_open ON image_events(sequence) WHERE outcome IN ('pending', 'waiting')",
  );
  await knex.schema.createTable('tags', table => {
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.string('tag', 128).notNullable();
    table.string('digest', 140).notNullable();
    table.bigInteger('generation').notNullable();
    table.bigInteger('observed_at').notNullable();
    table.primary(['registry_id', 'repository', 'tag']);
  });
  await knex.schema.createTable('tag_changes', table => {
    table.bigIncrements('sequence').primary();
    table.string('id', 36).notNullable().unique();
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.string('tag', 128).notNullable();
    table.bigInteger('generation').notNullable();
    table.string('previous_digest', 140);
    table.string('digest', 140).notNullable();
    table.string('event_id', 36).index();
    table.string('source', 16).notNullable();
    table.bigInteger('pushed_at');
    table.bigInteger('observed_at').notNullable();
    table
      .text('rejections')
      .comment(
        'Policies that did not take it: [{ policyId, policyVersion, reason }]',
      );
    table.unique(['registry_id', 'repository', 'tag', 'generation']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('tag_changes');
  await knex.schema.dropTable('tags');
  await knex.schema.dropTable('image_events');
  await knex.schema.dropTable('deliveries');
  await knex.schema.dropTable('webhook_secrets');
  await knex.schema.dropTable('webhook_endpoints');
};
