import { Decision } from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { eachDatabase, keyOf } from '../testing';
import { DecisionStore } from './DecisionStore';
import { PolicyStore, StoredPolicy } from './PolicyStore';
import { TagChange } from './TagStore';

const image = { registryId: 'local', repository: 'shop/web' };

describe.each(eachDatabase())('listeners of a push, $name', database => {
  let knex: Knex;
  let policies: PolicyStore;
  let decisions: DecisionStore;

  beforeAll(async () => {
    knex = await database.create();
    policies = PolicyStore.create({ knex });
    decisions = DecisionStore.create({ knex });
  });

  const follow = async (tag: string): Promise<StoredPolicy> => {
    const id = randomUUID();
    await policies.insert({
      id,
      entityRef: `component:default/${tag}`,
      targetKey: keyOf(tag),
      image,
      rule: { kind: 'same-tag', tag },
      enabled: true,
      author: 'user:default/owner',
      mode: 'deploy',
      gates: {},
      whenStopped: 'block',
    });
    return policies.get(id);
  };

  /** A change of a tag with the policies that refused its name. */
  const refuse = async (
    tag: string,
    apart: StoredPolicy[],
  ): Promise<string> => {
    const listening = await policies.listeners('local', 'shop/web');
    const setId = await decisions.keepListeners(listening);
    const change: TagChange = {
      ...image,
      id: randomUUID(),
      eventId: randomUUID(),
      tag,
      digest: `sha256:${'1'.repeat(64)}`,
      source: 'webhook',
    };
    await knex('tag_changes').insert({
      id: change.id,
      registry_id: 'local',
      repository: 'shop/web',
      tag,
      generation: 1,
      digest: change.digest,
      event_id: change.eventId,
      source: 'webhook',
      observed_at: 1,
    });
    await knex.transaction(trx =>
      decisions.setRejections(trx, change.id, [], {
        setId,
        apart: apart.map(({ id }) => id),
      }),
    );
    return change.eventId!;
  };

  const told = (found: Decision[]) =>
    found.map(({ policyId, policyVersion, outcome, reason }) => ({
      policyId,
      policyVersion,
      outcome,
      code: reason.code,
    }));

  it('tells later why each refused, by the rule that it had then', async () => {
    const main = await follow('main');
    const stable = await follow('stable');
    const refusal = (policy: StoredPolicy) => ({
      policyId: policy.id,
      policyVersion: 1,
      outcome: 'rejected',
      code: 'tag-is-other',
    });
    const event = await refuse('main', [main]);
    await knex.transaction(trx =>
      policies.update(trx, stable.id, 1, {
        ...stable,
        rule: { kind: 'same-tag', tag: 'main' },
      }),
    );

    const asked = await decisions.ofEvents([event]);
    const ofMain = await decisions.ofPolicy(main, {});
    const ofStable = await decisions.ofPolicy(stable, {});

    expect(told(asked)).toEqual([refusal(stable)]);
    expect(ofMain.items).toEqual([]);
    expect(told(ofStable.items)).toEqual([refusal(stable)]);
    expect(asked[0].reason.message).toContain('stable');
  });

  it('is kept once for all the pushes that meet the same policies', async () => {
    await knex('tag_changes').delete();
    await knex('listener_sets').delete();
    await policies.listeners('local', 'shop/web');
    decisions = DecisionStore.create({ knex });
    await refuse('other', []);
    await refuse('another', []);
    expect(await knex('listener_sets').pluck('id')).toHaveLength(1);
  });
});
