// @ts-check

/** Reasons with which a rollout ended although nothing of it ran. */
const notRun = ['scaled-to-zero', 'suspended', 'updated-not-started'];

/**
 * How the health of a rollout was watched, whether its image was found healthy,
 * and where its automatic return went. Times are milliseconds since 1970 UTC;
 * objects are JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.text('health').comment('What was seen of it, for its health rule');
    table.bigInteger('healthy_at').comment('When its image proved healthy');
    table
      .boolean('previous_healthy')
      .comment('Whether what ran before it was healthy');
    table.text('failure').comment('Why it is returned, or was');
    table.text('return_to').comment('The image of the automatic return');
    table.text('return_applied').comment('What the cluster answered to that');
  });
  await knex('rollouts')
    .where({ state: 'succeeded' })
    .whereNot('cause', 'outside')
    .andWhere(ran =>
      ran
        .whereNull('reason')
        .orWhere(known =>
          notRun.forEach(code =>
            known.whereNot('reason', 'like', `%"code":"${code}"%`),
          ),
        ),
    )
    .update({ healthy_at: knex.ref('finished_at') });
  await knex('rollouts')
    .whereNotNull('healthy_before')
    .update({ previous_healthy: true });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumn('return_applied');
    table.dropColumn('return_to');
    table.dropColumn('failure');
    table.dropColumn('previous_healthy');
    table.dropColumn('healthy_at');
    table.dropColumn('health');
  });
};
