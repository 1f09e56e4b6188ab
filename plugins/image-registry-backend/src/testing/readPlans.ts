import { Knex } from 'knex';

/**
 * How SQLite reads tables for the statements of some work: the steps SCAN and
 * SEARCH of their plans, in order. What is read without an index, or by one
 * that does not narrow it, costs more with each row of history.
 *
 * @param knex - of a SQLite database
 */
export async function readPlans(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const statements: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
  const note = (statement: (typeof statements)[number]) =>
    statements.push(statement);
  knex.on('query', note);
  try {
    await work();
  } finally {
    knex.removeListener('query', note);
  }
  const steps: string[] = [];
  for (const { sql, bindings } of statements) {
    if (/^(with|select|update|delete)/i.test(sql)) {
      const plan: Array<{ detail: string }> = await knex.raw(
        `EXPLAIN QUERY PLAN ${sql}`,
        bindings,
      );
      steps.push(...plan.map(({ detail }) => detail));
    }
  }
  return steps.filter(step => /^(SCAN|SEARCH)/.test(step));
}
