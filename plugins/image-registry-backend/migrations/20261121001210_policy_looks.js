// @ts-check

/**
 * When a policy that could not decide is looked at again.
 * Times are milliseconds since 1970 UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policies', table => {
    table.bigInteger('look_at').index();
    table
      .integer('look_attempts')
      .notNullable()
      .defaultTo(0)
      .comment('Looks in a row that it stayed blocked after');
  });
  await knex('policies')
    .whereNotNull('blocked')
    .update({ look_at: knex.ref('updated_at') });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policies', table => {
    table.dropColumn('look_attempts');
    table.dropColumn('look_at');
  });
};
