import { readFileSync } from 'fs';
import { join } from 'path';
import { PolicyRule, SandboxKubernetes } from '@slipway/sandbox';
import { parseAllDocuments } from 'yaml';
import { KubernetesDeployDriver } from './KubernetesDeployDriver';
import {
  collect,
  sourceOf,
  startCluster,
  workload,
} from './testing/sandboxCluster';

const page = readFileSync(
  join(__dirname, '../../../docs/kubernetes.md'),
  'utf8',
);

/** The rules of all roles of this name in the page's YAML blocks. */
function rulesOf(role: string): PolicyRule[] {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)];
  return blocks
    .flatMap(([, block]) => parseAllDocuments(block))
    .map(document => document.toJS())
    .filter(object => object?.metadata?.name === role)
    .flatMap(object => object.rules ?? []);
}

const token = (name: string, rules: PolicyRule[]) => ({
  token: `dummy-${name}`,
  user: `system:serviceaccount:portal:${name}`,
  rules,
});

describe('the roles that docs/kubernetes.md tells operators to make', () => {
  const read = rulesOf('portal-read');
  const deploy = rulesOf('portal-deploy');
  const change = {
    target: {
      cluster: 'sandbox',
      namespace: 'shop',
      kind: 'Deployment' as const,
      name: 'cart',
      container: 'web',
    },
    image: 'registry.example/cart:v2',
    sequence: 1,
    force: true,
  };
  const { signal } = new AbortController();
  let sandbox: SandboxKubernetes;
  let driver: KubernetesDeployDriver;

  const signIn = async (rules: PolicyRule[]) => {
    sandbox = await startCluster([workload('Deployment', 'cart')], {
      tokens: { portal: token('portal', rules) },
    });
    driver = KubernetesDeployDriver.create({
      sources: [sourceOf(sandbox, 'sandbox', 'portal')],
      settleMs: 50,
    });
  };
  const without = (rules: PolicyRule[], resource: string): PolicyRule[] =>
    rules.map(rule => ({
      ...rule,
      resources: rule.resources.filter(name => name !== resource),
    }));

  afterEach(async () => {
    await driver.close();
    await sandbox.stop();
  });

  it('are enough to list, deploy, follow and read logs', async () => {
    await signIn([...read, ...deploy]);
    const { targets, clusters } = await driver.listTargets({
      kubernetesId: 'cart',
    });
    expect(targets).toHaveLength(1);
    expect(clusters[0].message).toBeUndefined();
    await driver.diff(change);
    const applied = await driver.apply(change);
    const seen = await collect(
      driver.observe({ ...change, ...applied }, signal),
    );
    const end = seen[seen.length - 1];
    expect(end.phase).toBe('complete');
    const pods = await driver.pods(change.target);
    await driver.logs(change.target, pods[0].name);
    await expect(driver.events(change.target)).resolves.not.toEqual([]);
  });

  it('are enough to restart, stop, start and scale', async () => {
    await signIn([...read, ...deploy]);
    await driver.restart(change.target);
    await driver.stop(change.target);
    await driver.start(change.target);
    await expect(driver.scale(change.target, 1)).resolves.toMatchObject({
      replicas: 1,
    });
  });

  it('do not let one who only reads write', async () => {
    await signIn(read);
    await expect(driver.apply(change)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('ask for patch alone, for no secrets and no wildcard', async () => {
    await signIn([...read, ...deploy]);
    const verbs = new Set(deploy.flatMap(rule => rule.verbs));
    expect([...verbs]).toEqual(['patch']);
    const groups = [...read, ...deploy].flatMap(rule => rule.resources);
    expect(groups).not.toContain('secrets');
    expect(groups).not.toContain('*');
  });

  it.each(['replicasets', 'pods', 'events'])(
    'may lack %s: a rollout is followed all the same',
    async resource => {
      await signIn([...without(read, resource), ...deploy]);
      const applied = await driver.apply(change);
      const seen = await collect(
        driver.observe({ ...change, ...applied }, signal),
      );
      expect(seen[seen.length - 1].phase).toBe('complete');
    },
  );

  it('may lack a kind: the others are listed, and what is missing is said', async () => {
    await signIn(without(read, 'cronjobs'));
    const { targets, clusters } = await driver.listTargets({
      kubernetesId: 'cart',
    });
    expect(targets).toHaveLength(1);
    expect(clusters[0]).toMatchObject({
      reachable: true,
      message: expect.stringContaining('cannot list resource "cronjobs"'),
    });
  });

  it.each(['CronJob', 'Deployment'] as const)(
    'may lack a kind: that a %s cannot be looked for says nothing of the cluster',
    async kind => {
      await signIn(without(read, `${kind.toLowerCase()}s`));
      const { targets, clusters } = await driver.listTargets({
        kubernetesId: 'cart',
        workload: { kind, name: change.target.name },
      });
      expect(targets).toEqual([]);
      expect(clusters[0]).toMatchObject({
        reachable: true,
        message: expect.stringContaining('cannot list resource'),
      });
    },
  );

  it('may lack the workload to watch: it says so at once', async () => {
    await signIn([]);
    await expect(collect(driver.observe(change, signal))).rejects.toMatchObject(
      {
        code: 'forbidden',
        message: expect.stringContaining('cannot list resource "deployments"'),
      },
    );
  });
});
