import {
  WorkloadPlan,
  WorkloadSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import { KubeConfig } from '@kubernetes/client-node';
import { SandboxKubernetes } from '@slipway/sandbox';
import { ClusterClient } from '../clusters';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { sourceOf, startCluster, workload } from '../testing/sandboxCluster';

const place = { cluster: 'sandbox', namespace: 'shop' };
const target = {
  ...place,
  kind: 'Deployment' as const,
  name: 'basket',
  container: 'basket',
};
const entityRef = 'component:default/basket';
const path = '/apis/apps/v1/namespaces/shop/deployments/basket';

const plan: WorkloadPlan = {
  name: 'basket',
  owner: 'group:default/shop',
  place,
  image: { registryId: 'hub', repository: 'shop/basket', tag: 'v1' },
  replicas: 1,
  requests: { cpu: '100m', memory: '64Mi' },
  ports: [{ port: 8080, name: 'http' }],
  env: [
    { name: 'MODE', value: 'dummy-secret' },
    { name: 'TOKEN', secret: { name: 'basket', key: 'token' } },
  ],
  readiness: { check: { type: 'tcp', port: 8080 } },
  volumes: [{ name: 'data', mountPath: '/data', claim: 'data' }],
  service: true,
  ingress: { path: '/', port: 8080 },
};

/** A claim that somebody else made. */
const taken = {
  fieldManager: 'kubectl',
  object: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'taken', namespace: 'shop' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  },
};

interface Seen {
  spec: {
    replicas: number;
    ports: object[];
    template: {
      spec: { volumes: object[]; containers: Array<Record<string, unknown>> };
    };
  };
}

let sandbox: SandboxKubernetes;
let driver: KubernetesDeployDriver;
let kubectl: ClusterClient;

beforeEach(async () => {
  sandbox = await startCluster([workload('Deployment', 'cart'), taken]);
  const source = sourceOf(sandbox, 'sandbox', 'admin');
  driver = KubernetesDeployDriver.create({ sources: [source], settleMs: 50 });
  kubectl = new ClusterClient(
    'sandbox',
    source.connection?.kubeConfig ?? new KubeConfig(),
  );
  await driver.createWorkload({
    plan,
    image: 'registry.example/shop/basket:v1',
    entityRef,
  });
});

afterEach(async () => {
  await kubectl.close();
  await driver.close();
  await sandbox.stop();
});

const get = (kind: string) =>
  sandbox.get(kind, 'shop', 'basket') as unknown as Seen;
const claim = (name: string) =>
  sandbox.get('PersistentVolumeClaim', 'shop', name);
const container = () => get('Deployment').spec.template.spec.containers[0];
const read = () => driver.readSettings(target, entityRef);
/** As somebody else writes: `kubectl edit` and the like. */
const edit = (merge: object, manager = 'kubectl-edit') =>
  kubectl.json({
    method: 'PATCH',
    path,
    query: { fieldManager: manager },
    merge,
  });
const containers = (changes: object) => ({
  spec: {
    template: {
      spec: { containers: [{ ...container(), ...changes }] },
    },
  },
});

async function change(
  changes: Partial<WorkloadSettings>,
  options: { dryRun?: boolean; version?: string } = {},
) {
  const { version, settings } = await read();
  return driver.changeSettings(
    {
      target,
      entityRef,
      version: options.version ?? version,
      settings: { ...settings, ...changes },
    },
    options,
  );
}

describe('settings of a component from an image', () => {
  it('are read without values', async () => {
    const view = await read();
    expect(view).toMatchObject({
      settings: {
        service: true,
        ingress: { path: '/', port: 8080 },
        volumes: [{ name: 'data', mountPath: '/data', claim: 'data' }],
        replicas: 1,
        requests: { cpu: '100m', memory: '64Mi' },
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        env: [
          { name: 'MODE', kept: true },
          { name: 'TOKEN', secret: { name: 'basket', key: 'token' } },
        ],
        readiness: { check: { type: 'tcp', port: 8080 } },
      },
    });
    expect(view).not.toHaveProperty('obstacle');
    expect(JSON.stringify(view)).not.toContain('dummy-secret');
  });

  it('are changed, and everything else stays', async () => {
    const before = container();
    const changed = await change({
      replicas: 3,
      requests: { cpu: '200m' },
      limits: { memory: '128Mi' },
      ports: [
        { port: 8080, name: 'http' },
        { port: 9090, name: 'metrics' },
      ],
      env: [
        { name: 'MODE', kept: true },
        { name: 'LEVEL', value: 'debug' },
      ],
      readiness: { check: { type: 'http', path: '/ready', port: 8080 } },
    });
    expect(changed).toMatchObject({ outcome: 'changed', problems: [] });
    expect(get('Deployment').spec.replicas).toBe(3);
    expect(get('Deployment').spec.template.spec.volumes).toHaveLength(1);
    expect(container()).toMatchObject({
      image: before.image,
      volumeMounts: before.volumeMounts,
      resources: { requests: { cpu: '200m' }, limits: { memory: '128Mi' } },
      ports: [
        { containerPort: 8080, name: 'http' },
        { containerPort: 9090, name: 'metrics' },
      ],
      env: [
        { name: 'MODE', value: 'dummy-secret' },
        { name: 'LEVEL', value: 'debug' },
      ],
      readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
    });
    expect(container().readinessProbe).not.toHaveProperty('tcpSocket');
    expect(get('Service').spec.ports).toMatchObject([
      { name: 'http', port: 8080 },
      { name: 'metrics', port: 9090, targetPort: 'metrics' },
    ]);
    expect(await change({})).toMatchObject({
      outcome: 'unchanged',
      changes: [],
    });
  });

  it('leave each variable behind those that it may refer to', async () => {
    await change({
      env: [
        { name: 'NEW', value: 'x' },
        { name: 'MODE', value: 'slow' },
        { name: 'TOKEN', secret: { name: 'basket', key: 'token' } },
      ],
    });
    expect(container().env).toMatchObject([
      { name: 'MODE', value: 'slow' },
      { name: 'TOKEN' },
      { name: 'NEW' },
    ]);
  });

  it('are rehearsed field by field, without writing and without values', async () => {
    const before = container();
    const planned = await change(
      { replicas: 2, env: [{ name: 'MODE', value: 'slow' }] },
      { dryRun: true },
    );
    expect(planned.outcome).toBe('planned');
    expect(planned.changes).toContainEqual({
      kind: 'Deployment',
      path: 'spec.replicas',
      from: '1',
      to: '2',
    });
    expect(planned.changes).toContainEqual({
      kind: 'Deployment',
      path: 'spec.template.spec.containers[name=basket].env[name=MODE].value',
      from: '(hidden)',
      to: 'slow',
    });
    const without = await change({ env: [] }, { dryRun: true });
    expect(without.changes).toHaveLength(1);
    expect(JSON.stringify([planned, without])).not.toContain('dummy-secret');
    expect(container()).toEqual(before);
  });

  it('are not taken from others: the owner is named at the field', async () => {
    await edit({ spec: { replicas: 5 } });
    expect(await change({ replicas: 2, limits: { cpu: '1' } })).toMatchObject({
      outcome: 'refused',
      problems: [
        {
          path: 'replicas',
          reason: {
            code: 'field-owned',
            params: { field: 'spec.replicas', owner: 'kubectl edit' },
          },
        },
      ],
    });
    expect(await change({ limits: { cpu: '1' } })).toMatchObject({
      outcome: 'changed',
    });
    expect(get('Deployment').spec.replicas).toBe(5);
  });

  it('are taken from a stop or start of the portal itself', async () => {
    await driver.stop(target);
    expect(await change({ replicas: 2 })).toMatchObject({
      outcome: 'changed',
    });
    expect(get('Deployment').spec.replicas).toBe(2);
  });

  it('say what stays because somebody else has set it, too', async () => {
    const { env } = container() as { env: object[] };
    await edit(containers({ env: [...env, { name: 'EXTRA', value: 'x' }] }));
    const { settings } = await read();
    expect(settings.env.map(({ name }) => name)).toContain('EXTRA');
    expect(
      await change({
        env: settings.env.filter(({ name }) => name !== 'EXTRA'),
      }),
    ).toMatchObject({
      outcome: 'refused',
      problems: [
        {
          path: 'env',
          reason: {
            code: 'field-stays',
            params: { field: 'EXTRA', owner: 'kubectl edit' },
          },
        },
      ],
    });
  });

  it('are not written over what was changed meanwhile', async () => {
    const { version } = await read();
    await edit({ spec: { minReadySeconds: 3 } });
    await expect(change({ replicas: 2 }, { version })).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('changed since it was read'),
    });
    expect(get('Deployment').spec.replicas).toBe(1);
  });

  it('are tried again when only the status was written in between', async () => {
    sandbox.faults.set({
      effect: { kind: 'status', code: 409 },
      methods: ['PATCH'],
      path: '/deployments/basket\\?fieldManager=[^&]*$',
      count: 2,
    });
    expect(await change({ replicas: 2 })).toMatchObject({ outcome: 'changed' });
    expect(get('Deployment').spec.replicas).toBe(2);
  });

  it('tell what is half changed, and the same form goes on', async () => {
    const ports = [
      { port: 8080, name: 'http' },
      { port: 9090, name: 'metrics' },
    ];
    sandbox.faults.set({
      effect: { kind: 'status', code: 500 },
      methods: ['PATCH'],
      path: '/deployments/basket\\?fieldManager=[^&]*$',
    });
    const { version } = await read();
    expect(await change({ ports }, { version })).toMatchObject({
      outcome: 'partial',
      problems: [{ path: '', reason: { code: 'refused-by-server' } }],
    });
    expect(get('Service').spec.ports).toHaveLength(2);
    expect(container().ports).toHaveLength(1);
    sandbox.faults.clear();
    expect(await change({ ports }, { version })).toMatchObject({
      outcome: 'changed',
    });
    expect(container().ports).toHaveLength(2);
    expect(get('Service').spec.ports).toHaveLength(2);
  });

  it('take a command, other volumes and another address', async () => {
    const wanted: Partial<WorkloadSettings> = {
      command: ['/bin/web'],
      arguments: ['--level', 'debug'],
      volumes: [
        {
          name: 'cache',
          mountPath: '/cache',
          claim: 'basket-cache',
          create: { size: '2Gi' },
        },
      ],
      ingress: { host: 'basket.example.com', path: '/shop', port: 8080 },
    };
    const planned = await change(wanted, { dryRun: true });
    expect(planned.outcome).toBe('planned');
    expect(planned.changes).toContainEqual({
      kind: 'PersistentVolumeClaim',
      path: 'metadata.name',
      to: 'basket-cache',
    });
    expect(claim('basket-cache')).toBeUndefined();
    expect(await change(wanted)).toMatchObject({
      outcome: 'changed',
      problems: [],
    });
    expect(container()).toMatchObject({
      command: ['/bin/web'],
      args: ['--level', 'debug'],
      volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    });
    expect(get('Deployment').spec).toMatchObject({
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' },
      },
      template: {
        spec: {
          volumes: [
            {
              name: 'cache',
              persistentVolumeClaim: { claimName: 'basket-cache' },
            },
          ],
        },
      },
    });
    expect(claim('basket-cache')).toBeDefined();
    expect(get('Ingress').spec).toMatchObject({
      rules: [
        { host: 'basket.example.com', http: { paths: [{ path: '/shop' }] } },
      ],
    });

    const { settings } = await read();
    expect(settings).toMatchObject({
      command: ['/bin/web'],
      arguments: ['--level', 'debug'],
      volumes: [{ name: 'cache', mountPath: '/cache', claim: 'basket-cache' }],
      ingress: { host: 'basket.example.com', path: '/shop', port: 8080 },
    });
    expect(
      await change({ command: undefined, arguments: undefined, volumes: [] }),
    ).toMatchObject({ outcome: 'changed' });
    expect(container()).not.toHaveProperty('command');
    expect(container()).not.toHaveProperty('args');
    expect(container().volumeMounts ?? []).toEqual([]);
    // What is in it outlives the volume.
    expect(claim('basket-cache')).toBeDefined();
  });

  it('take the Service and the Ingress away, and make them again', async () => {
    expect(await change({ service: false, ingress: undefined })).toMatchObject({
      outcome: 'changed',
      changes: [
        { kind: 'Ingress', path: 'metadata.name', from: 'basket' },
        { kind: 'Service', path: 'metadata.name', from: 'basket' },
      ],
    });
    expect(get('Service')).toBeUndefined();
    expect(get('Ingress')).toBeUndefined();
    expect(
      await change({ service: true, ingress: { path: '/', port: 8080 } }),
    ).toMatchObject({ outcome: 'changed' });
    expect(get('Service').spec.ports).toMatchObject([{ port: 8080 }]);
    expect((await read()).settings).toMatchObject({
      service: true,
      ingress: { path: '/', port: 8080 },
    });
  });

  it('leave an Ingress alone that says more than the form', async () => {
    const { spec } = get('Ingress') as unknown as { spec: { rules: object[] } };
    await kubectl.json({
      method: 'PATCH',
      path: '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/basket',
      query: { fieldManager: 'kubectl-edit' },
      merge: {
        spec: {
          rules: [{ ...spec.rules[0], host: 'a.example' }, ...spec.rules],
        },
      },
    });
    const view = await read();
    expect(view.otherIngress).toEqual({ port: 8080 });
    expect(view.settings).not.toHaveProperty('ingress');
    expect(await change({ replicas: 2 })).toMatchObject({ outcome: 'changed' });
    expect((await read()).otherIngress).toEqual({ port: 8080 });
    expect(await change({ ports: [{ port: 9 }] })).toMatchObject({
      outcome: 'refused',
      problems: [{ path: 'ports', reason: { code: 'port-unknown' } }],
    });
  });

  it('say which claim is somebody else’s', async () => {
    const made = await change({
      volumes: [
        {
          name: 'data',
          mountPath: '/data',
          claim: 'taken',
          create: { size: '1Gi' },
        },
      ],
    });
    expect(made).toMatchObject({
      outcome: 'refused',
      problems: [
        { path: 'volumes.0.claim', reason: { code: 'object-exists' } },
      ],
    });
    expect(container().volumeMounts).toMatchObject([{ name: 'data' }]);
  });

  it('outlive the next image', async () => {
    await change({ env: [{ name: 'MODE', value: 'slow' }] });
    await driver.apply({
      target,
      image: 'registry.example/shop/basket:v2',
      sequence: 1,
      force: false,
    });
    expect(container()).toMatchObject({
      image: 'registry.example/shop/basket:v2',
      env: [{ name: 'MODE', value: 'slow' }],
    });
    expect(await change({ replicas: 2 })).toMatchObject({
      outcome: 'changed',
      changes: [{ path: 'spec.replicas' }],
    });
    expect(container().image).toBe('registry.example/shop/basket:v2');
  });

  it.each<[string, Partial<WorkloadSettings>, string, string]>([
    [
      'a name that no variable can have',
      { env: [{ name: 'A=B', value: '' }] },
      'env.0.name',
      'env-name-invalid',
    ],
    ['no port for the service', { ports: [] }, 'service', 'service-needs-port'],
    [
      'an ingress without a service',
      { service: false },
      'ingress',
      'ingress-needs-service',
    ],
    [
      'no port for the ingress',
      { ports: [{ port: 9 }] },
      'ingress.port',
      'port-unknown',
    ],
    [
      'a kept value that is not there',
      { env: [{ name: 'NEW', kept: true }] },
      'env.0.value',
      'value-required',
    ],
  ])('are refused for %s without asking', async (_, given, at, code) => {
    const { outcome, problems } = await change(given);
    expect(outcome).toBe('refused');
    expect(problems).toContainEqual({
      path: at,
      reason: expect.objectContaining({ code }),
    });
  });

  it.each([
    [
      'GitOps keeps',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/D:s/b' } },
      'kept-by-tool',
    ],
    [
      'somebody has given to another component',
      { annotations: { 'image-registry/component': 'component:default/x' } },
      'not-made-here',
    ],
  ])('are only looked at where %s it', async (_, metadata, code) => {
    await edit({ metadata });
    expect((await read()).obstacle).toMatchObject({ code });
    expect(await change({ replicas: 2 })).toMatchObject({
      outcome: 'refused',
      problems: [{ path: '', reason: { code } }],
    });
    expect(get('Deployment').spec.replicas).toBe(1);
  });
});
