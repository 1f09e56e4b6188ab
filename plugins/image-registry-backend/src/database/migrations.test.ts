import path from 'node:path';
import { Knex } from 'knex';
import { eachDatabase } from '../testing';

const directory = path.resolve(__dirname, '../../migrations');

const time = 1_795_000_000_000;

/** One row for each table, in an order that foreign keys allow. */
const rows: Array<[table: string, row: Record<string, unknown>]> = [
  [
    'environments',
    {
      id: 'e1',
      name: 'Production',
      name_key: 'production',
      position: 1,
      places: '[]',
      owners: '[]',
      systems: '[]',
      version: 1,
      created_at: time,
      updated_at: time,
    },
  ],
  ['targets', { target_key: 'c/n/Deployment/w/w', created_at: time }],
  [
    'holds',
    {
      id: 'h1',
      target_key: 'c/n/Deployment/w/w',
      entity_ref: 'component:default/w',
      reason: 'r',
      created_at: time,
    },
  ],
  [
    'blocked_digests',
    {
      target_key: 'c/n/Deployment/w/w',
      digest: 'sha256:1',
      rollout_id: 'r1',
      created_at: time,
    },
  ],
  [
    'webhook_endpoints',
    {
      id: 'w1',
      registry_id: 'g1',
      name: 'n',
      source: 'database',
      created_at: time,
    },
  ],
  [
    'webhook_secrets',
    { id: 's1', endpoint_id: 'w1', hash: 'x', created_at: time },
  ],
  [
    'deliveries',
    { id: 'd1', registry_id: 'g1', received_at: time, headers: '{}', bytes: 1 },
  ],
  [
    'image_events',
    {
      id: 'i1',
      delivery_id: 'd1',
      registry_id: 'g1',
      kind: 'push',
      received_at: time,
      outcome: 'pending',
    },
  ],
  [
    'tags',
    {
      registry_id: 'g1',
      repository: 'a',
      tag: 't',
      digest: 'd',
      generation: 1,
      observed_at: time,
    },
  ],
  [
    'tag_changes',
    {
      id: 't1',
      registry_id: 'g1',
      repository: 'a',
      tag: 't',
      generation: 1,
      digest: 'd',
      source: 'webhook',
      observed_at: time,
    },
  ],
  ['listener_sets', { id: 'l1', listeners: '[]', used_at: time }],
  [
    'policies',
    {
      id: 'p1',
      entity_ref: 'component:default/w',
      target_key: 'c/n/Deployment/w/w',
      registry_id: 'g1',
      repository: 'a',
      rule: '{}',
      enabled: true,
      mode: 'deploy',
      source: 'database',
      author: 'user:default/a',
      created_at: time,
      updated_at: time,
      version: 1,
    },
  ],
  ['repository_polls', { registry_id: 'g1', repository: 'a', due_at: time }],
  [
    'repository_listings',
    { registry_id: 'g1', repository: 'a', tag_count: 1, read_at: time },
  ],
  [
    'decisions',
    {
      id: 'c1',
      policy_id: 'p1',
      policy_version: 1,
      entity_ref: 'component:default/w',
      tag_change_id: 't1',
      repository: 'a',
      tag: 't',
      digest: 'd',
      outcome: 'accepted',
      reason: '{}',
      decided_at: time,
    },
  ],
  [
    'rollouts',
    {
      id: 'r1',
      entity_ref: 'component:default/w',
      target_key: 'c/n/Deployment/w/w',
      repository: 'a',
      digest: 'd',
      image: 'a@d',
      state: 'queued',
      cause: 'person',
      author: 'user:default/a',
      created_at: time,
    },
  ],
  [
    'rollout_events',
    { rollout_id: 'r1', at: time, type: 'queued', state: 'queued' },
  ],
  [
    'approvals',
    {
      rollout_id: 'r1',
      author: 'user:default/u',
      answer: 'approved',
      digest: 'sha256:1',
      answered_at: time,
    },
  ],
  ['rollout_evidence', { rollout_id: 'r1', evidence: '{}', captured_at: time }],
  [
    'freezes',
    { id: 'f1', scope: '*', reason: 'r', author: 'u', created_at: time },
  ],
  [
    'workload_creations',
    {
      id: 'c1',
      entity_ref: 'component:default/w',
      author: 'user:default/a',
      request_hash: 'h',
      state: 'created',
      image: 'a@d',
      entity: '{}',
      created_at: time,
    },
  ],
  [
    'pull_secrets',
    {
      cluster: 'c',
      namespace: 'n',
      registry_id: 'g1',
      state: 'pending',
      author: 'user:default/a',
    },
  ],
  [
    'component_places',
    {
      entity_ref: 'component:default/w',
      cluster: 'c',
      namespaces: '["n"]',
      seen_at: time,
    },
  ],
  [
    'test_pulls',
    {
      id: 't1',
      entity_ref: 'component:default/w',
      author: 'user:default/a',
      image: 'i',
      state: 'running',
      steps: '[]',
      started_at: time,
      deadline_at: time,
    },
  ],
];

async function fill(knex: Knex): Promise<string[]> {
  const filled: string[] = [];
  for (const [table, row] of rows) {
    if (await knex.schema.hasTable(table)) {
      const known = await knex(table).first();
      if (!known) {
        await knex(table).insert(row);
      }
      filled.push(table);
    }
  }
  return filled;
}

describe.each(eachDatabase())('migrations, $name', database => {
  it('go up and down one by one with rows in every table', async () => {
    const knex = await database.create({ migrate: false });
    const steps = await knex.migrate.list({ directory });
    const names: string[] = steps[1].map((step: { file: string }) => step.file);
    expect(names.length).toBeGreaterThanOrEqual(6);

    for (const name of names) {
      await knex.migrate.up({ directory });
      await fill(knex);
      expect((await knex.migrate.list({ directory }))[0]).toContainEqual(
        expect.objectContaining({ name }),
      );
    }
    const filled = await fill(knex);
    expect(filled).toEqual(rows.map(([table]) => table));

    for (const name of [...names].reverse()) {
      const [, [undone]] = await knex.migrate.down({ directory });
      expect(path.basename(undone)).toBe(name);
      await fill(knex);
    }
    for (const [table] of rows) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    await knex.migrate.latest({ directory });
    expect(await fill(knex)).toHaveLength(rows.length);
  });

  it('keep what is the same twice out', async () => {
    const knex = await database.create();
    await fill(knex);
    const again = (table: string, change: Record<string, unknown>) => {
      const [, row] = rows.find(([name]) => name === table)!;
      return knex(table).insert({ ...row, ...change });
    };
    await expect(again('policies', { id: 'p2' })).rejects.toThrow(/unique/i);
    await expect(again('holds', { id: 'h2' })).rejects.toThrow(/unique/i);
    await expect(again('tag_changes', { id: 't2' })).rejects.toThrow(/unique/i);
    await expect(again('decisions', { id: 'c2' })).rejects.toThrow(/unique/i);
    await expect(
      again('environments', { id: 'e2', name: 'PRODUCTION' }),
    ).rejects.toThrow(/unique/i);
    await expect(
      again('webhook_secrets', { id: 's2', endpoint_id: 'nobody' }),
    ).rejects.toThrow(/foreign/i);
  });

  it('let one rollout at a time run on a target', async () => {
    const knex = await database.create();
    const [, row] = rows.find(([name]) => name === 'rollouts')!;
    const insert = (id: string, state: string, more = {}) =>
      knex('rollouts').insert({ ...row, id, state, ...more });
    await insert('a', 'applying');
    for (const state of ['applying', 'progressing', 'rolling-back']) {
      await expect(insert(`b-${state}`, state)).rejects.toThrow(/unique/i);
    }
    await insert('c', 'queued');
    await insert('d', 'succeeded');
    await insert('e', 'applying', { target_key: 'c/n/Deployment/v/w' });
  });
});
