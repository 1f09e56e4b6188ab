import {
  Decision,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { digestOf, sqlite, waitFor } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const [A, B, C] = ['a', 'b', 'c'].map(digestOf);

/** By kind, a rule with a tag that runs, the next one, and one not taken. */
const rules: Array<[rule: TagRule, runs: string, next: string]> = [
  [{ kind: 'same-tag', tag: 'main' }, 'main', 'main'],
  [{ kind: 'list', tags: ['edge', 'main'] }, 'main', 'edge'],
  [{ kind: 'regex', pattern: 'b-.*' }, 'b-9', 'b-10'],
  [{ kind: 'glob', pattern: 'b-*' }, 'b-9', 'b-10'],
  [{ kind: 'newest-pushed' }, 'zebra', 'ant'],
  [{ kind: 'semver', range: '^1' }, '1.9.0', '1.10.0'],
  [{ kind: 'calver', format: 'YYYY.0M' }, '2026.09', '2026.10'],
  [{ kind: 'numeric' }, '9', '10'],
  [{ kind: 'natural' }, 'b-9', 'b-10'],
  [{ kind: 'alphabetical' }, 'ant', 'bee'],
];

/** With a registry that tells neither digests nor times in its listings. */
describe('a candidate that was pushed while it was held', () => {
  const database = sqlite();
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: rules.map(([{ kind }]) => component(kind)),
    });
    portal.registry.tellsDigests = false;
  });

  afterAll(() => portal.stop());

  const image = (name: string) => portal.cluster.workload(name).image;
  const target = (name: string) => portal.cluster.workload(name).ref;

  async function push(name: string, tag: string, digest: string) {
    portal.registry.push(`shop/${name}:${tag}`, digest);
    await portal.announce([`shop/${name}:${tag}`]);
  }

  async function runAndFollow(rule: TagRule, runs: string) {
    const name = rule.kind;
    portal.registry.push(`shop/${name}:${runs}`, A);
    portal.cluster.add(name, {
      image: `registry.test/shop/${name}:${runs}@${A}`,
      runningDigests: [A],
    });
    const { status, body } = await portal.call(
      'POST',
      '/policies',
      as('owner'),
      {
        entityRef: `component:default/${name}`,
        target: target(name),
        image: { registryId: 'local', repository: `shop/${name}` },
        rule,
      },
    );
    expect(status).toBe(201);
    return body;
  }

  async function hold(name: string): Promise<string> {
    const { body } = await portal.call('POST', '/holds', as('owner'), {
      entityRef: `component:default/${name}`,
      target: target(name),
      reason: 'fair',
    });
    return body.id;
  }

  const resume = (name: string, id: string) =>
    portal.call(
      'DELETE',
      `/holds/${id}?entityRef=component:default/${name}`,
      as('owner'),
    );

  const recorded = (policyId: string, digest: string) =>
    waitFor(
      async () => {
        const { body } = await portal.call(
          'GET',
          `/decisions?policyId=${policyId}`,
          as('owner'),
        );
        return (body.items as Decision[]).some(
          each =>
            each.digest === digest && each.reason.code === 'would-deploy-held',
        );
      },
      { what: 'the record of what would have been deployed' },
    );

  const runsIn = (name: string, digest: string) =>
    waitFor(async () => image(name).endsWith(digest), {
      what: `${digest} in ${name}`,
    });

  it.each(rules)('is deployed on resume: %j', async (rule, runs, next) => {
    const { id } = await runAndFollow(rule, runs);
    const held = await hold(rule.kind);
    await push(rule.kind, next, B);
    await recorded(id, B);
    expect(image(rule.kind)).toContain(A);
    expect((await resume(rule.kind, held)).status).toBe(204);
    await runsIn(rule.kind, B);
  });

  it('is deployed although other settings were saved meanwhile', async () => {
    const [{ kind }] = rules[3];
    const policy = await portal.knex('policies').where({
      entity_ref: `component:default/${kind}`,
    });
    const held = await hold(kind);
    await push(kind, 'b-11', C);
    await recorded(policy[0].id, C);
    const saved = await portal.call(
      'PATCH',
      `/policies/${policy[0].id}`,
      as('owner'),
      { version: policy[0].version, whenStopped: 'update' },
    );
    expect(saved.body.head).toMatchObject({ tag: 'b-11' });
    await resume(kind, held);
    await runsIn(kind, C);
  });

  it('is not taken for newer than what somebody deployed after it', async () => {
    const name = 'regex';
    await push(name, 'other-1', C);
    const held = await hold(name);
    const [policy] = await portal
      .knex('policies')
      .where({ entity_ref: `component:default/${name}` });
    await push(name, 'b-11', C);
    await recorded(policy.id, C);
    // Nobody told of its push: it is seen first when it runs.
    portal.registry.push(`shop/${name}:b-12`, digestOf('d'));
    portal.cluster.change(name, {
      image: `registry.test/shop/${name}:b-12@${digestOf('d')}`,
      runningDigests: [digestOf('d')],
    });
    await resume(name, held);
    await waitFor(
      async () => {
        const { body } = await portal.call(
          'GET',
          `/policies/${policy.id}`,
          as('owner'),
        );
        return !body.blocked && body.head.tag === 'b-12';
      },
      { what: 'the head' },
    );
    expect(image(name)).toContain(digestOf('d'));
  });
});
