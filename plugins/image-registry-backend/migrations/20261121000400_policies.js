// @ts-check

/**
 * Auto-build policies and their decisions.
 * Times are milliseconds since 1970 UTC; lists and objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('policies', table => {
    table.string('id', 36).primary();
    table.string('entity_ref', 512).notNullable().index();
    table.string('target_key', 1024).notNullable().unique();
    table.string('registry_id', 64).notNullable();
    table.string('repository', 255).notNullable();
    table.text('rule').notNullable();
    table.boolean('enabled').notNullable();
    table.string('mode', 16).notNullable();
    table.string('source', 16).notNullable();
    table.string('author', 512).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.integer('version').notNullable();
    table.string('head_tag', 128);
    table.string('head_digest', 140);
    table.bigInteger('head_pushed_at');
    table.text('blocked');
    table.index(['registry_id', 'repository']);
  });
  await knex.schema.createTable('decisions', table => {
    table.bigIncrements('sequence').primary();
    table.string('id', 36).notNullable().unique();
    table.string('policy_id', 36).notNullable();
    table.integer('policy_version').notNullable();
    table.string('entity_ref', 512).notNullable();
    table.string('tag_change_id', 36).notNullable().index();
    table.string('repository', 255).notNullable();
    table.string('tag', 128).notNullable();
    table.string('digest', 140).notNullable();
    table.string('outcome', 16).notNullable();
    table.text('reason').notNullable();
    table.bigInteger('decided_at').notNullable();
    table.unique(['policy_id', 'policy_version', 'tag_change_id']);
    table.index(['policy_id', 'sequence']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('decisions');
  await knex.schema.dropTable('policies');
};
