import {
  TestPullStep,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageResolution,
  PolicyRule,
  SandboxKubernetes,
  SandboxKubernetesOptions,
} from '@slipway/sandbox';
import { KubernetesDeployDriver } from './KubernetesDeployDriver';
import { eventually } from './testing/eventually';
import { sourceOf, startCluster, workload } from './testing/sandboxCluster';

const place = { cluster: 'sandbox', namespace: 'shop' };
const cart = { ...place, kind: 'Deployment' as const, name: 'cart' };
const login = { username: 'robot', password: 'dummy-password' };
const host = 'registry.example';

let sandbox: SandboxKubernetes;
let driver: KubernetesDeployDriver;

async function start(
  options: SandboxKubernetesOptions = {},
  spec?: object,
  token = 'deploy',
) {
  sandbox = await startCluster([workload('Deployment', 'cart', spec)], options);
  driver = KubernetesDeployDriver.create({
    sources: [sourceOf(sandbox, 'sandbox', token)],
    settleMs: 50,
  });
}

afterEach(async () => {
  await driver.close();
  await sandbox.stop();
});

interface Seen {
  metadata: {
    labels?: Record<string, string>;
    managedFields: Array<{ manager: string; fieldsV1: object }>;
  };
  data?: Record<string, string>;
  imagePullSecrets?: unknown;
  spec?: {
    template: {
      spec: {
        imagePullSecrets?: unknown;
        containers: Array<Record<string, unknown>>;
      };
    };
  };
}

const get = (kind: string, name: string) =>
  sandbox.get(kind, 'shop', name) as unknown as Seen | undefined;

function template(podSpec: object) {
  return {
    template: {
      metadata: { labels: { app: 'cart' } },
      spec: { containers: [{ name: 'web', image: 'a:1' }], ...podSpec },
    },
  };
}

describe('platforms', () => {
  const nodes = [
    { architecture: 'amd64' },
    { architecture: 'arm64', labels: { disk: 'ssd' } },
    {
      architecture: 's390x',
      taints: [{ key: 'old', value: 'yes', effect: 'NoSchedule' }],
    },
    { architecture: 'amd64', unschedulable: true },
  ];
  const affinity = (operator: string, values?: string[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'disk', operator, values }] },
          ],
        },
      },
    },
  });

  it.each<[string, object, string[]]>([
    ['any pod', {}, ['amd64', 'arm64']],
    [
      'a node selector',
      { nodeSelector: { 'kubernetes.io/arch': 'arm64' } },
      ['arm64'],
    ],
    ['affinity', affinity('In', ['ssd']), ['arm64']],
    ['affinity without', affinity('DoesNotExist'), ['amd64']],
    [
      'a toleration',
      { tolerations: [{ key: 'old', operator: 'Exists' }] },
      ['amd64', 'arm64', 's390x'],
    ],
    [
      'a toleration of another effect',
      { tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] },
      ['amd64', 'arm64'],
    ],
    ['no node', { nodeSelector: { disk: 'tape' } }, []],
  ])(
    'are those of the nodes that fit %s',
    async (_, podSpec, architectures) => {
      await start({ nodes }, template(podSpec));
      const found = await driver.nodePlatforms({ place, workload: cart });
      expect(found).toMatchObject({ known: true, total: 4 });
      expect(found.platforms.map(({ architecture }) => architecture)).toEqual(
        architectures,
      );
      expect(found.reason?.code).toBe(
        architectures.length === 0 ? 'no-fitting-node' : undefined,
      );
    },
  );

  it('are not known where nodes may not be listed', async () => {
    await start({ tokens: tokenWith([]) }, undefined, 'portal');
    expect(await driver.nodePlatforms({ place })).toMatchObject({
      known: false,
      platforms: [],
      reason: { code: 'nodes-unreadable' },
    });
  });
});

function tokenWith(rules: PolicyRule[]) {
  return {
    portal: {
      token: 'dummy-portal',
      user: 'system:serviceaccount:portal:portal',
      rules,
    },
  };
}

describe('pull secrets', () => {
  const ensure = (change: object = {}) =>
    driver.ensurePullSecret({
      place,
      registryId: 'hub',
      host,
      login,
      ...change,
    });
  const access = (change: object = {}) =>
    driver.pullAccess({ place, workload: cart, host, ...change });

  it('are made once, brought up to date, and attached to a workload', async () => {
    await start();
    expect((await access()).reason.code).toBe('pull-secret-none');
    const request = { attach: { workload: cart } };
    expect(await ensure(request)).toMatchObject({
      change: 'created',
      attachment: 'attached',
      secret: { name: 'image-registry-pull-hub', registryId: 'hub', host },
    });
    expect(await ensure(request)).toMatchObject({
      change: 'unchanged',
      attachment: 'already-attached',
    });
    expect(await access()).toMatchObject({
      known: true,
      ok: true,
      secrets: [{ namedBy: 'pod-template', state: 'fits', ours: true }],
    });
    const expiresAt = '2020-01-01T00:00:00.000Z';
    expect(
      await ensure({ login: { ...login, password: 'dummy-2', expiresAt } }),
    ).toMatchObject({ change: 'updated', attachment: 'none' });
    expect(await access()).toMatchObject({
      ok: false,
      reason: { code: 'pull-secret-expired' },
    });
  });

  it('survive the deployment of another image, and each other', async () => {
    await start();
    await ensure({ attach: { workload: cart } });
    await ensure({
      registryId: 'Other ID',
      host: 'docker.io',
      attach: { workload: cart },
    });
    await driver.apply({
      target: { ...cart, container: 'web' },
      image: 'registry.example/cart:v2',
      sequence: 1,
      force: true,
    });
    expect(
      get('Deployment', 'cart')?.spec?.template.spec.imagePullSecrets,
    ).toHaveLength(2);
    expect(await access({ host: 'docker.io/library/nginx' })).toMatchObject({
      ok: true,
    });
  });

  it('join what a service account names already, and leave it again', async () => {
    await start();
    const others = [{ name: 'theirs' }];
    sandbox.seed([
      {
        fieldManager: 'helm',
        object: {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'runner', namespace: 'shop' },
          imagePullSecrets: others,
        },
      },
    ]);
    const attach = { serviceAccount: 'runner' };
    expect(await ensure({ attach })).toMatchObject({ attachment: 'attached' });
    expect(get('ServiceAccount', 'runner')?.imagePullSecrets).toEqual([
      ...others,
      { name: 'image-registry-pull-hub' },
    ]);
    expect(
      await access({ workload: undefined, serviceAccount: 'runner' }),
    ).toMatchObject({
      ok: true,
      secrets: [
        { name: 'theirs', state: 'missing' },
        { namedBy: 'service-account', state: 'fits' },
      ],
    });
    await driver.removePullSecret({ ...place, registryId: 'hub' });
    expect(get('ServiceAccount', 'runner')?.imagePullSecrets).toEqual(others);
    expect(get('Secret', 'image-registry-pull-hub')).toBeUndefined();
  });

  it('are listed for rotation, without what is in them', async () => {
    await start();
    await ensure();
    const listing = await driver.listPullSecrets();
    expect(listing.items).toMatchObject([
      { ...place, registryId: 'hub', host },
    ]);
    expect(JSON.stringify(listing)).not.toContain(login.password);
  });

  it('do not take a secret of somebody else', async () => {
    await start();
    sandbox.seed([
      {
        fieldManager: 'kubectl',
        object: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'image-registry-pull-hub', namespace: 'shop' },
        },
      },
    ]);
    await expect(ensure()).rejects.toMatchObject({ code: 'invalid' });
    await driver.removePullSecret({ ...place, registryId: 'hub' });
    expect(get('Secret', 'image-registry-pull-hub')).toBeDefined();
  });

  it('are not known where secrets may not be read', async () => {
    await start({}, template({ imagePullSecrets: [{ name: 'a' }] }), 'read');
    expect(await access()).toMatchObject({
      known: false,
      ok: false,
      reason: { code: 'pull-secrets-unreadable' },
    });
  });
});

describe('access', () => {
  it('names each missing verb and the Role that grants it', async () => {
    const rule = { apiGroups: ['apps'], resources: ['deployments'] };
    const reviews = {
      apiGroups: ['authorization.k8s.io', 'authentication.k8s.io'],
      resources: ['*'],
      verbs: ['create'],
    };
    await start(
      { tokens: tokenWith([{ ...rule, verbs: ['patch'] }, reviews]) },
      undefined,
      'portal',
    );
    const review = await driver.accessReview(place, {
      purposes: ['deploy', 'logs'],
    });
    expect(review.purposes).toEqual([
      {
        purpose: 'deploy',
        ok: false,
        missing: [
          { group: 'apps', resource: 'statefulsets', verb: 'patch' },
          { group: 'apps', resource: 'daemonsets', verb: 'patch' },
          { group: 'batch', resource: 'cronjobs', verb: 'patch' },
        ],
      },
      {
        purpose: 'logs',
        ok: false,
        missing: [{ group: '', resource: 'pods/log', verb: 'get' }],
      },
    ]);
    expect(review.role).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: portal-missing
  namespace: shop
rules:
  - apiGroups:
      - apps
    resources:
      - statefulsets
      - daemonsets
    verbs:
      - patch
  - apiGroups:
      - batch
    resources:
      - cronjobs
    verbs:
      - patch
  - apiGroups:
      - ""
    resources:
      - pods/log
    verbs:
      - get
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: portal-missing
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: portal-missing
subjects:
  - kind: ServiceAccount
    namespace: portal
    name: portal
`);
  });

  it('is whole for the credential that deploys', async () => {
    await start();
    const { purposes, role } = await driver.accessReview(place);
    expect(purposes.filter(({ ok }) => !ok)).toEqual([]);
    expect(role).toBeUndefined();
  });

  it('is asked of the credential that writes there', async () => {
    await start();
    const source = sourceOf(sandbox, 'sandbox', 'read');
    const { connection } = sourceOf(sandbox, 'sandbox', 'deploy');
    await driver.close();
    driver = KubernetesDeployDriver.create({
      sources: [
        {
          ...source,
          deployCredentials: connection
            ? [{ namespaces: ['sh*'], connection }]
            : [],
        },
      ],
      settleMs: 50,
    });
    const here = await driver.accessReview(place, { purposes: ['deploy'] });
    expect(here.purposes[0].ok).toBe(true);
    const there = await driver.accessReview(
      { ...place, namespace: 'default' },
      { purposes: ['read', 'deploy'] },
    );
    expect(there.purposes.map(({ ok }) => ok)).toEqual([true, false]);
  });
});

describe('quota', () => {
  it('names what has no room', async () => {
    await start();
    sandbox.seed([
      {
        fieldManager: 'kubectl',
        object: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'q', namespace: 'shop' },
          spec: { hard: { pods: '3', 'requests.cpu': '1' } },
        },
      },
    ]);
    await eventually(() => sandbox.list('Pod', 'shop').length === 2);
    expect(
      await driver.quotaCheck(place, { pods: '1', 'requests.cpu': '500m' }),
    ).toMatchObject({ known: true, fits: true });
    expect(await driver.quotaCheck(place, { pods: '2' })).toMatchObject({
      fits: false,
      reason: {
        code: 'quota-exceeded',
        params: { quota: 'q', resource: 'pods', used: '2', hard: '3' },
      },
    });
  });
});

describe('a test pull', () => {
  const pull = async (resolution: ImageResolution) => {
    await start({ resolveImage: () => resolution });
    const steps: TestPullStep[] = [];
    const request = { place, image: 'registry.example/shop/web:v9' };
    for await (const step of driver.testPull(
      request,
      new AbortController().signal,
    )) {
      steps.push(step);
    }
    return steps;
  };
  const testPods = () =>
    sandbox
      .list('Pod', 'shop')
      .filter(({ metadata }) => /test-pull/.test(metadata.name));

  it.each<[string, ImageResolution, object]>([
    ['an image that is there', 'exists', { phase: 'pulled' }],
    [
      'an image that is not',
      'missing',
      { phase: 'failed', reason: { code: 'image-not-found' } },
    ],
    [
      'a registry that denies it',
      {
        refused:
          'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      },
      {
        phase: 'failed',
        words: expect.stringContaining('no basic auth credentials'),
        reason: { code: 'image-pull-denied' },
      },
    ],
  ])('tells of %s, and leaves no pod', async (_, resolution, end) => {
    const steps = await pull(resolution);
    expect(steps.at(-1)).toMatchObject({ ...end, node: expect.any(String) });
    await eventually(() => testPods().length === 0);
  });

  it('ends in the words of the kubelet', async () => {
    const steps = await pull('exists');
    expect(steps.at(-1)?.words).toMatch(
      /^Successfully pulled image "registry.example\/shop\/web:v9"/,
    );
  });

  it('is swept away when nobody waits for it any more', async () => {
    await start();
    sandbox.seed([
      {
        fieldManager: 'backstage-image-registry',
        object: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: 'image-registry-test-pull-left',
            namespace: 'shop',
            labels: {
              'app.kubernetes.io/managed-by': 'backstage-image-registry',
              'image-registry.backstage.io/purpose': 'test-pull',
            },
            annotations: {
              'image-registry.backstage.io/expires-at':
                '2020-01-01T00:00:00.000Z',
            },
          },
          spec: { containers: [{ name: 'pull', image: 'a:1' }] },
        },
      },
    ]);
    expect(await driver.sweepTestPulls()).toBe(1);
    await eventually(() => testPods().length === 0);
    expect(await driver.sweepTestPulls()).toBe(0);
  });
});

describe('a component from an image', () => {
  const plan: WorkloadPlan = {
    name: 'basket',
    owner: 'group:default/shop',
    place,
    image: { registryId: 'hub', repository: 'shop/basket', tag: 'v1' },
    replicas: 1,
    ports: [{ port: 8080 }],
    env: [{ name: 'MODE', value: 'fast' }],
    volumes: [
      {
        name: 'data',
        mountPath: '/data',
        claim: 'basket-data',
        create: { size: '1Gi' },
      },
    ],
    service: true,
    ingress: { host: 'basket.example.com', path: '/', port: 8080 },
  };
  const creation = (
    change: Partial<WorkloadPlan> = {},
    entityRef = 'component:default/basket',
  ) => ({
    plan: { ...plan, ...change },
    image: 'registry.example/shop/basket:v1',
    entityRef,
  });
  const create = (change: Partial<WorkloadPlan> = {}, dryRun = false) =>
    driver.createWorkload(creation(change), { dryRun });

  it('is rehearsed without making anything', async () => {
    await start();
    const { outcome, objects } = await create({}, true);
    expect(outcome).toBe('planned');
    expect(objects.map(({ kind, state }) => [kind, state])).toEqual([
      ['PersistentVolumeClaim', 'planned'],
      ['Deployment', 'planned'],
      ['Service', 'planned'],
      ['Ingress', 'planned'],
    ]);
    expect(get('Deployment', 'basket')).toBeUndefined();
  });

  it('is made, and its image is then the portal’s to deploy', async () => {
    await start();
    expect(await create()).toMatchObject({ outcome: 'created', problems: [] });
    const target = { ...cart, name: 'basket', container: 'basket' };
    const { owners } = await driver.getTarget(target);
    expect(owners).toMatchObject([{ manager: 'backstage-image-registry' }]);
    await driver.apply({
      target,
      image: 'registry.example/shop/basket:v2',
      sequence: 1,
      force: false,
    });
    expect(
      get('Deployment', 'basket')?.spec?.template.spec.containers[0],
    ).toMatchObject({
      image: 'registry.example/shop/basket:v2',
      env: [{ name: 'MODE', value: 'fast' }],
      ports: [{ containerPort: 8080 }],
    });
  });

  it('refuses a name that is taken and touches nothing', async () => {
    await start();
    const before = JSON.stringify(get('Deployment', 'cart'));
    const result = await create({ name: 'cart' });
    expect(result).toMatchObject({
      outcome: 'refused',
      problems: [{ path: 'name', reason: { code: 'object-exists' } }],
    });
    expect(get('PersistentVolumeClaim', 'basket-data')).toBeUndefined();
    const spec = (text: string | undefined) => JSON.parse(text ?? '{}').spec;
    expect(spec(JSON.stringify(get('Deployment', 'cart')))).toEqual(
      spec(before),
    );
  });

  it('says what the server refuses at the field of the form', async () => {
    await start();
    sandbox.faults.set({
      effect: { kind: 'status', code: 422, message: 'no such class' },
      path: 'ingresses',
    });
    expect(await create({}, true)).toMatchObject({
      outcome: 'refused',
      problems: [{ path: '', reason: { code: 'refused-by-server' } }],
      objects: [{}, {}, {}, { kind: 'Ingress', state: 'refused' }],
    });
  });

  it('lists what exists when a later object fails', async () => {
    await start();
    sandbox.faults.set({
      effect: { kind: 'status', code: 500 },
      methods: ['PATCH'],
      path: '/services/basket\\?fieldManager=[^&]*$',
    });
    const { outcome, objects } = await create();
    expect(outcome).toBe('partial');
    expect(objects.map(({ state }) => state)).toEqual([
      'made',
      'made',
      'refused',
      'planned',
    ]);
    expect(get('Deployment', 'basket')).toBeDefined();

    sandbox.faults.clear();
    const before = get('Deployment', 'basket')?.spec;
    const resumed = await driver.createWorkload(creation({ replicas: 9 }), {
      resume: true,
    });
    expect(resumed).toMatchObject({ outcome: 'created', problems: [] });
    expect(resumed.objects.map(({ state }) => state)).toEqual([
      'made',
      'made',
      'made',
      'made',
    ]);
    expect(get('Deployment', 'basket')?.spec).toEqual(before);
    expect(get('Ingress', 'basket')).toBeDefined();
  });

  it('goes on with nothing that somebody else made', async () => {
    await start();
    await create();
    expect(
      await driver.createWorkload(creation({}, 'component:default/another'), {
        resume: true,
      }),
    ).toMatchObject({
      outcome: 'refused',
      problems: Array(4).fill({ reason: { code: 'object-exists' } }),
    });
  });

  it('asks no server about what its own rules refuse', async () => {
    await start();
    const writes = sandbox.writes.list().length;
    expect(await create({ env: [{ name: 'A=B', value: '' }] })).toMatchObject({
      outcome: 'refused',
      problems: [{ path: 'env.0.name' }],
    });
    expect(sandbox.writes.list()).toHaveLength(writes);
  });
});
