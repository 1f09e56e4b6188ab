// @ts-check

/**
 * Rollouts and their steps. The partial unique index is what keeps two
 * rollouts from running on one target at a time, on both databases.
 * Times are milliseconds since 1970 UTC; lists and objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts', table => {
    table.bigIncrements('sequence').primary();
    table.string('id', 36).notNullable().unique();
    table.string('entity_ref', 512).notNullable();
    table.string('target_key', 1024).notNullable();
    table.string('environment', 63);
    table.string('registry_id', 64);
    table.string('repository', 255).notNullable();
    table.string('tag', 128);
    table.string('digest', 140).notNullable();
    table.text('image').notNullable();
    table.text('previous');
    table.string('state', 16).notNullable();
    table.text('reason');
    table.string('cause', 16).notNullable();
    table.string('author', 512).notNullable();
    table.string('note', 500);
    table.string('policy_id', 36);
    table.string('decision_id', 36).unique();
    table.string('origin_id', 36);
    table.string('idempotency_key', 64).unique();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_attempt_at');
    table.string('lease_token', 36);
    table.bigInteger('lease_until');
    table.string('interrupted_by', 36);
    table.text('applied');
    table.index(['entity_ref', 'sequence']);
    table.index(['target_key', 'sequence']);
    table.index(['policy_id']);
  });
  await knex.raw(
    "CREATE UNIQUE INDEX rollouts_one_at_a_time ON rollouts(target_key) WHERE state IN ('applying', 'progressing', 'rolling-back')",
  );
  await knex.raw(
    "CREATE INDEX rollouts_open ON rollouts(sequence) WHERE state IN ('queued', 'waiting', 'applying', 'progressing', 'rolling-back')",
  );
  await knex.schema.createTable('rollout_events', table => {
    table.bigIncrements('sequence').primary();
    table.string('rollout_id', 36).notNullable().index();
    table.bigInteger('at').notNullable();
    table.string('type', 32).notNullable();
    table.string('state', 16).notNullable();
    table.text('reason');
    table.text('progress');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollout_events');
  await knex.schema.dropTable('rollouts');
};
