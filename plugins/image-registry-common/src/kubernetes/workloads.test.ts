import { createWorkloadSchema, WorkloadPlan } from '../api/workloads';
import { formPathOf } from './formPathOf';
import {
  dnsLabelProblem,
  dnsSubdomainProblem,
  envNameProblem,
  ingressHostProblem,
  labelValueProblem,
  portNameProblem,
  secretKeyProblem,
  serviceNameProblem,
} from './names';
import { ingressPathProblem, mountPathProblem } from './paths';
import {
  claimSizeProblem,
  formatQuantity,
  parseQuantity,
  quantityProblem,
} from './quantity';
import { validateWorkloadPlan } from './validateWorkloadPlan';
import { workloadDefaults } from './workloadDefaults';
import { workloadDemand } from './workloadDemand';
import { workloadManifests } from './workloadManifests';

const plan: WorkloadPlan = {
  name: 'cart',
  owner: 'group:default/shop',
  place: { cluster: 'local', namespace: 'shop' },
  image: { registryId: 'hub', repository: 'shop/cart', tag: 'v1' },
  replicas: 2,
  requests: { cpu: '250m', memory: '128Mi' },
  limits: { cpu: '0.5', memory: '128Mi' },
  ports: [{ port: 8080, name: 'http' }],
  env: [
    { name: 'MODE', value: 'fast' },
    { name: 'PASSWORD', secret: { name: 'db', key: 'password' } },
  ],
  readiness: { check: { type: 'http', path: '/ready', port: 8080 }, period: 5 },
  volumes: [
    {
      name: 'data',
      mountPath: '/data',
      claim: 'cart-data',
      create: { size: '1Gi' },
    },
  ],
  service: true,
  ingress: { host: 'cart.example.com', path: '/', port: 8080 },
};
const details = {
  image: 'registry.example/shop/cart:v1@sha256:1',
  entityRef: 'component:default/cart',
};

const rules = {
  label: dnsLabelProblem,
  subdomain: dnsSubdomainProblem,
  service: serviceNameProblem,
  portName: portNameProblem,
  env: envNameProblem,
  secretKey: secretKeyProblem,
  labelValue: labelValueProblem,
  ingressHost: ingressHostProblem,
  mountPath: mountPathProblem,
  ingressPath: ingressPathProblem,
  quantity: quantityProblem,
  claimSize: claimSizeProblem,
};

describe('rules of the API server', () => {
  it.each<[keyof typeof rules, string[]]>([
    ['label', ['a', 'a-b', '9a', 'a'.repeat(63)]],
    ['subdomain', ['a.b', 'a-1.b-2', 'a'.repeat(253)]],
    ['service', ['a', 'a-1']],
    ['portName', ['http', 'http-2', 'h', '8a', 'a'.repeat(15)]],
    ['env', ['A', 'a.b-c', '1 BAD NAME', '_']],
    ['secretKey', ['a', 'A.b_c-d', '.dockerconfigjson']],
    ['labelValue', ['', 'A', 'a_b.c-d', 'a'.repeat(63)]],
    ['ingressHost', ['example.com', '*.example.com']],
    ['mountPath', ['/', '/data', '/a/b c']],
    ['ingressPath', ['/', '/a/b', '/a.b', '/..a']],
    [
      'quantity',
      ['1', '0', '250m', '0.5', '.5', '1.', '1Gi', '1E', '1e3', '2E-1', '12k'],
    ],
    ['claimSize', ['1Gi', '500M']],
  ])('%s accepts', (rule, values) => {
    expect(values.filter(value => rules[rule](value))).toEqual([]);
  });

  it.each<[keyof typeof rules, string[]]>([
    ['label', ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64)]],
    ['subdomain', ['', 'Web_1', 'a..b', '.a', 'a.', 'a'.repeat(254)]],
    ['service', ['1a', 'a.b', '', 'a-']],
    ['portName', ['8080', 'a--b', '-a', 'A', 'a'.repeat(16), '']],
    ['env', ['', 'A=B', 'A\n', 'ä']],
    ['secretKey', ['', 'a b', '.', '..', '..a', 'a/b']],
    ['labelValue', ['-a', 'a b', 'a'.repeat(64)]],
    ['ingressHost', ['10.0.0.1', 'a:80', '*', 'a.*.b', '[::1]', '']],
    ['mountPath', ['', 'data', '/a:b', '/a/../b']],
    ['ingressPath', ['', 'a', '/a//b', '/a/../b', '/a/..', '/a%2Fb', '/./a']],
    [
      'quantity',
      ['', 'lots', '1 Gi', '1gi', '-1', '--1', '1.2.3', '1Kb', '1e'],
    ],
    ['claimSize', ['0', '0Gi', '-1Gi', 'x']],
  ])('%s refuses', (rule, values) => {
    expect(values.filter(value => !rules[rule](value))).toEqual([]);
  });

  it.each<[string, bigint]>([
    ['1', 1_000_000_000n],
    ['250m', 250_000_000n],
    ['0.1', 100_000_000n],
    ['1Ki', 1_024_000_000_000n],
    ['1k', 1_000_000_000_000n],
    ['1.5Gi', 1_610_612_736_000_000_000n],
    ['1e3', 1_000_000_000_000n],
    ['1n', 1n],
    ['0.1n', 1n],
  ])('reads %s exactly', (text, nano) => {
    expect(parseQuantity(text)).toBe(nano);
    expect(parseQuantity(formatQuantity(nano))).toBe(nano);
  });
});

describe('validateWorkloadPlan', () => {
  it('finds nothing wrong with a good plan', () => {
    expect(validateWorkloadPlan(plan)).toEqual([]);
  });

  it.each<[string, Partial<WorkloadPlan>, string[]]>([
    ['a name with capitals', { name: 'Web_1' }, ['name']],
    ['a service name with a digit first', { name: '1cart' }, ['name']],
    ['port 0', { ports: [{ port: 0 }], ingress: undefined }, ['ports.0.port']],
    [
      'port 70000',
      { ports: [{ port: 70000 }], ingress: undefined },
      ['ports.0.port'],
    ],
    [
      'a port named twice',
      {
        ports: [
          { port: 8080, name: 'a' },
          { port: 8081, name: 'a' },
        ],
      },
      ['ports.1.name'],
    ],
    [
      'a port given twice',
      { ports: [{ port: 8080 }, { port: 8080, protocol: 'TCP' }] },
      ['ports.1.port'],
    ],
    [
      'a request above its limit',
      { requests: { cpu: '2' }, limits: { cpu: '1' } },
      ['requests.cpu'],
    ],
    ['no quantity', { limits: { memory: '1 GB' } }, ['limits.memory']],
    ['an env name with =', { env: [{ name: 'A=B' }] }, ['env.0.name']],
    [
      'an env name twice',
      { env: [{ name: 'A' }, { name: 'A' }] },
      ['env.1.name'],
    ],
    [
      'a value and a secret',
      { env: [{ name: 'A', value: '', secret: { name: 's', key: 'k' } }] },
      ['env.0.value'],
    ],
    [
      'one path mounted twice',
      {
        volumes: [
          { name: 'a', mountPath: '/a', claim: 'x' },
          { name: 'b', mountPath: '/a', claim: 'y' },
        ],
      },
      ['volumes.1.mountPath'],
    ],
    ['a service without ports', { ports: [], ingress: undefined }, ['service']],
    ['an ingress without service', { service: false }, ['ingress']],
    [
      'an ingress to another port',
      { ingress: { path: '/', port: 1 } },
      ['ingress.port'],
    ],
    [
      'TLS without host',
      { ingress: { path: '/', port: 8080, tlsSecret: 'tls' } },
      ['ingress.tlsSecret'],
    ],
    [
      'root that is restricted',
      { restricted: true, runAsUser: 0 },
      ['runAsUser'],
    ],
  ])('refuses %s at its field', (_, change, paths) => {
    const problems = validateWorkloadPlan({ ...plan, ...change });
    expect(problems.map(({ path }) => path)).toEqual(paths);
  });

  it('is what the schema of the route asks', () => {
    const parsed = createWorkloadSchema.safeParse({
      ...plan,
      env: [{ name: 'A=B' }],
    });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([
      ['env', 0, 'name'],
    ]);
    expect(createWorkloadSchema.safeParse(plan).success).toBe(true);
  });
});

describe('workloadManifests', () => {
  it('makes what is needed first, all of it labelled and annotated', () => {
    const manifests = workloadManifests(plan, details);
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'PersistentVolumeClaim',
      'Deployment',
      'Service',
      'Ingress',
    ]);
    for (const { metadata } of manifests) {
      expect(metadata).toMatchObject({
        namespace: 'shop',
        labels: { 'backstage.io/kubernetes-id': 'cart' },
        annotations: { 'image-registry/component': 'component:default/cart' },
      });
    }
  });

  it('replaces pods at once when a volume is for one node', () => {
    const strategyOf = (volumes: WorkloadPlan['volumes']) =>
      workloadManifests({ ...plan, volumes }, details)
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ spec }) => (spec as { strategy?: object }).strategy)[0];
    expect(strategyOf(plan.volumes)).toEqual({ type: 'Recreate' });
    expect(strategyOf([])).toBeUndefined();
  });
});

describe('formPathOf', () => {
  it.each<[number, string | undefined, string]>([
    [0, 'spec.resources[storage]', 'volumes.0.create.size'],
    [0, 'metadata.name', 'volumes.0.claim'],
    [1, 'metadata.name', 'name'],
    [1, 'metadata.namespace', 'place.namespace'],
    [1, 'spec.replicas', 'replicas'],
    [
      1,
      'spec.template.spec.containers[0].ports[0].containerPort',
      'ports.0.port',
    ],
    [1, 'spec.template.spec.containers[0].env[1].name', 'env.1.name'],
    [
      1,
      'spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.key',
      'env.1.secret.key',
    ],
    [
      1,
      'spec.template.spec.containers[0].resources.requests[cpu]',
      'requests.cpu',
    ],
    [1, 'spec.template.spec.containers[0].resources.requests', 'requests'],
    [
      1,
      'spec.template.spec.containers[0].readinessProbe.httpGet.port',
      'readiness.check.port',
    ],
    [
      1,
      'spec.template.spec.containers[0].volumeMounts[0].mountPath',
      'volumes.0.mountPath',
    ],
    [1, 'spec.template.spec.dnsPolicy', ''],
    [2, 'spec.ports[0].name', 'ports.0.name'],
    [3, 'spec.rules[0].host', 'ingress.host'],
    [3, 'spec.rules[0].http.paths[0].path', 'ingress.path'],
  ])('object %i, %s → %s', (index, field, path) => {
    const manifests = workloadManifests(plan, details);
    expect(formPathOf(plan, manifests[index], field)).toBe(path);
  });
});

describe('workloadDefaults', () => {
  const image = {
    repository: 'shop/9-Web_UI',
    annotations: {},
    platforms: [
      {
        platform: { os: 'linux', architecture: 'arm64' },
        digest: 'sha256:1',
        mediaType: '',
        layers: [],
        labels: { 'org.opencontainers.image.description': ' A shop ' },
        environment: ['PATH=/bin:/usr/bin', 'EMPTY='],
        exposedPorts: ['53/udp', '8080/tcp', 'nonsense', '99999'],
        user: '1000:1000',
      },
    ],
  };

  it('come from what the image says', () => {
    expect(workloadDefaults(image)).toEqual({
      name: 'web-ui',
      description: 'A shop',
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 8080, protocol: 'TCP' },
      ],
      service: true,
      readiness: { check: { type: 'tcp', port: 8080 } },
      restricted: true,
      imageEnvironment: [
        { name: 'PATH', value: '/bin:/usr/bin' },
        { name: 'EMPTY', value: '' },
      ],
      architecture: 'arm64',
    });
  });

  it.each([
    ['root', false],
    ['0', false],
    ['app', false],
    ['1000', true],
    [undefined, false],
  ])('user %s is restricted: %s', (user, restricted) => {
    const platforms = [{ ...image.platforms[0], user }];
    expect(workloadDefaults({ ...image, platforms }).restricted).toBe(
      restricted,
    );
  });
});

describe('workloadDemand', () => {
  it('counts as quotas do', () => {
    expect(workloadDemand(plan)).toMatchObject({
      pods: '2',
      'requests.cpu': '500m',
      cpu: '500m',
      'limits.cpu': '1',
      'requests.memory': '268435456',
      services: '1',
      persistentvolumeclaims: '1',
      'requests.storage': '1073741824',
    });
  });
});
