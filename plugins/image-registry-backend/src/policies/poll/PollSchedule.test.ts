import { Knex } from 'knex';
import { eachDatabase, keyOf } from '../../testing';
import { DuePoll, PollSchedule } from './PollSchedule';

const INTERVAL_MS = 300_000;
const claim = { limit: 20, leaseMs: 60_000, except: [] };

describe.each(eachDatabase())('PollSchedule, $name', database => {
  let knex: Knex;
  let schedule: PollSchedule;

  beforeAll(async () => {
    knex = await database.create();
    schedule = PollSchedule.create({ knex, intervalMs: INTERVAL_MS });
  });

  beforeEach(async () => {
    await knex('policies').delete();
    await knex('repository_polls').delete();
  });

  async function listen(count: number, registryId = 'local') {
    await knex.batchInsert(
      'policies',
      Array.from({ length: count }, (_, index) => ({
        id: `${registryId}-${index}`,
        entity_ref: 'component:default/web',
        target_key: keyOf(`${registryId}-${index}`),
        registry_id: registryId,
        repository: `shop/r${index}`,
        rule: '{}',
        enabled: true,
        mode: 'deploy',
        source: 'database',
        author: 'user:default/owner',
        created_at: 0,
        updated_at: 0,
        version: 1,
      })),
      100,
    );
    await schedule.plan();
  }

  const allDue = () => knex('repository_polls').update({ due_at: 0 });
  const dueAt = async ({ repository }: DuePoll) =>
    Number(
      (await knex('repository_polls').where({ repository }).first()).due_at,
    );

  it('spreads repositories over the interval, the same way each time', async () => {
    await listen(200);
    const now = Date.now();
    const offsets: number[] = (
      await knex('repository_polls').pluck('due_at')
    ).map(due => Number(due) - now);
    expect(Math.min(...offsets)).toBeGreaterThan(-60_000);
    expect(Math.max(...offsets)).toBeLessThanOrEqual(INTERVAL_MS);
    const quarters = [0, 1, 2, 3].map(
      quarter =>
        offsets.filter(
          offset => Math.floor((offset / INTERVAL_MS) * 4) === quarter,
        ).length,
    );
    expect(Math.min(...quarters)).toBeGreaterThan(20);
    expect(await schedule.claim(claim)).toEqual([]);
  });

  it('gives each repository to one claimer, whatever the timing', async () => {
    await listen(30);
    await allDue();
    const replicas = [1, 2, 3].map(() =>
      PollSchedule.create({
        knex: database.name === 'SQLite' ? knex : database.reconnect(knex),
        intervalMs: INTERVAL_MS,
      }),
    );
    const claimed: string[] = [];
    for (let round = 0; round < 4; round++) {
      const taken = await Promise.all(
        replicas.map(replica => replica.claim({ ...claim, limit: 5 })),
      );
      claimed.push(...taken.flat().map(({ repository }) => repository));
    }
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed).toHaveLength(30);
  });

  it('gives what a dead process held to another, and fences the dead one', async () => {
    await listen(1);
    await allDue();
    const [dead] = await schedule.claim({ ...claim, leaseMs: -1 });
    const [next] = await schedule.claim(claim);
    expect(next.repository).toBe(dead.repository);
    await schedule.finish(dead, { outcome: 'complete' });
    expect(await dueAt(next)).toBe(0);
    await schedule.finish(next, { outcome: 'complete' });
    expect(await dueAt(next)).toBeGreaterThan(Date.now());
  });

  it('comes back later after each failure, and at once after a success', async () => {
    await listen(1);
    const waits: number[] = [];
    for (const outcome of ['failed', 'failed', 'incomplete', 'complete']) {
      await allDue();
      const [due] = await schedule.claim(claim);
      await schedule.finish(due, { outcome } as { outcome: 'failed' });
      waits.push((await dueAt(due)) - Date.now());
    }
    expect(waits.map(wait => Math.round(wait / INTERVAL_MS))).toEqual([
      1, 2, 4, 1,
    ]);
  });

  it('leaves a registry alone, not the others', async () => {
    await listen(2, 'busy');
    await listen(1, 'quiet');
    await allDue();
    await schedule.postpone('busy', 600_000);
    const due = await schedule.claim(claim);
    expect(due.map(({ registryId }) => registryId)).toEqual(['quiet']);
    expect(await schedule.claim({ ...claim, except: ['quiet'] })).toEqual([]);
  });
});
