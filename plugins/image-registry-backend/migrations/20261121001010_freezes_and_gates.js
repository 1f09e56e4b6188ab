// @ts-check

/**
 * Freezes, when holds end, and where each rollout stands with its gates.
 * Times are milliseconds since 1970 UTC; lists and objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('freezes', table => {
    table.string('id', 36).primary();
    table
      .string('scope', 512)
      .notNullable()
      .unique()
      .comment('The component, or * for everything');
    table.string('reason', 500).notNullable();
    table.string('author', 512).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('ends_at');
  });
  await knex.schema.alterTable('holds', table => {
    table.bigInteger('expires_at');
  });
  await knex.schema.alterTable('rollouts', table => {
    table.text('gates').comment('As they were read last');
    table.text('evidence').comment('What the registry said of the image');
    table.string('emergency', 500).comment('Why it goes past the gates');
    table.text('approval').comment('Who was asked to approve it');
    table.bigInteger('approval_deadline');
  });
  await knex.schema.createTable('approvals', table => {
    table.comment('What each person who was asked has said');
    table.string('rollout_id', 36).notNullable();
    table.string('author', 512).notNullable();
    table.string('answer', 16).notNullable().comment('approved or rejected');
    table.string('digest', 140).notNullable();
    table.string('note', 500);
    table.bigInteger('answered_at').notNullable();
    table.primary(['rollout_id', 'author']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('approvals');
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumn('approval_deadline');
    table.dropColumn('approval');
    table.dropColumn('emergency');
    table.dropColumn('evidence');
    table.dropColumn('gates');
  });
  await knex.schema.alterTable('holds', table => {
    table.dropColumn('expires_at');
  });
  await knex.schema.dropTable('freezes');
};
