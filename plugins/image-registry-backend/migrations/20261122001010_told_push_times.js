// @ts-check

/**
 * Whether a push time is the registry's own, or only when the push was heard of.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('tag_changes', table => {
    table.boolean('pushed_told').comment('The registry told pushed_at');
    table.index(['registry_id', 'repository', 'pushed_at'], 'tag_pushes');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tag_changes', table => {
    table.dropIndex(['registry_id', 'repository', 'pushed_at'], 'tag_pushes');
    table.dropColumn('pushed_told');
  });
};
