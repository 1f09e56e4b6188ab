import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxKubernetes, startSandboxKubernetes } from './SandboxKubernetes';
import { RegistryLogin } from './kubelet/keyring';
import { JsonObject } from './objects';
import { TestClient } from './testing/TestClient';

const NAMESPACE = '/api/v1/namespaces/shop';

function pod(name: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      containers: [{ name: 'web', image: 'registry.example/shop/web:v1' }],
      ...spec,
    },
  };
}

function dockerSecret(name: string, hosts: JsonObject): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': Buffer.from(
        JSON.stringify({ auths: hosts }),
      ).toString('base64'),
    },
  };
}

describe('what a place lets a client do', () => {
  let kubernetes: SandboxKubernetes;
  let client: TestClient;

  const post = (path: string, body: JsonObject) =>
    client.call({
      method: 'POST',
      path,
      contentType: 'application/json',
      body,
    });
  const start = async (
    options: Parameters<typeof startSandboxKubernetes>[0] = {},
  ) => {
    kubernetes = await startSandboxKubernetes({ speed: 50, ...options });
    client = TestClient.create(kubernetes);
    await post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
  };
  const until = async <T>(read: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = read();
      if (found !== undefined) {
        return found;
      }
      await sleep(5);
    }
  };
  const waitingMessage = (name: string) =>
    until(() => {
      const status = kubernetes.get('Pod', 'shop', name)?.status as {
        containerStatuses?: Array<{
          state: { waiting?: { message?: string } };
        }>;
      };
      return status.containerStatuses?.[0].state.waiting?.message;
    });

  afterEach(() => kubernetes.stop());

  it('refuses a pod over the quota in the recorded words (07c)', async () => {
    await start();
    await post(`${NAMESPACE}/resourcequotas`, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q' },
      spec: { hard: { pods: '1' } },
    });
    expect(await post(`${NAMESPACE}/pods`, pod('first'))).toMatchObject({
      status: 201,
    });
    expect(await post(`${NAMESPACE}/pods`, pod('direct'))).toMatchObject({
      status: 403,
      body: {
        reason: 'Forbidden',
        message:
          'pods "direct" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
        details: { name: 'direct', kind: 'pods' },
      },
    });
    expect(await client.get(`${NAMESPACE}/resourcequotas/q`)).toMatchObject({
      body: { status: { hard: { pods: '1' }, used: { pods: '1' } } },
    });
  });

  it('refuses new objects in a namespace that ends, as recorded (07d)', async () => {
    await start({ speed: 1 });
    // It ends when its pods have.
    await post(`${NAMESPACE}/pods`, pod('web'));
    await client.call({ method: 'DELETE', path: NAMESPACE });
    expect(await client.get('/api/v1/namespaces')).toMatchObject({
      body: {
        items: expect.arrayContaining([
          expect.objectContaining({ status: { phase: 'Terminating' } }),
        ]),
      },
    });
    expect(
      await client.apply(`${NAMESPACE}/pods/late`, pod('late')),
    ).toMatchObject({
      status: 403,
      body: {
        message:
          'pods "late" is forbidden: unable to create new content in namespace shop because it is being terminated',
        details: {
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: 'namespace shop is being terminated',
              field: 'metadata.namespace',
            },
          ],
        },
      },
    });
  });

  it.each<[string, string, JsonObject, string]>([
    [
      'a claim without size',
      `${NAMESPACE}/persistentvolumeclaims`,
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'] },
      },
      'spec.resources[storage]',
    ],
    [
      'a service that names a port twice',
      `${NAMESPACE}/services`,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: {
          ports: [
            { name: 'a', port: 80 },
            { name: 'a', port: 81 },
          ],
        },
      },
      'spec.ports[1].name',
    ],
    [
      'a service whose name begins with a digit',
      `${NAMESPACE}/services`,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: '1web' },
        spec: { ports: [{ port: 80 }] },
      },
      'metadata.name',
    ],
    [
      'an ingress for an address',
      '/apis/networking.k8s.io/v1/namespaces/shop/ingresses',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web' },
        spec: { rules: [{ host: '10.0.0.1' }] },
      },
      'spec.rules[0].host',
    ],
    [
      'a mount of a volume that is not there',
      `${NAMESPACE}/pods`,
      pod('web', {
        containers: [
          {
            name: 'web',
            image: 'a',
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
      }),
      'spec.containers[0].volumeMounts[0].name',
    ],
  ])('refuses %s at its field', async (_, path, body, field) => {
    await start();
    expect(await post(path, body)).toMatchObject({
      status: 422,
      body: { details: { causes: [expect.objectContaining({ field })] } },
    });
  });

  it('schedules by taints and affinity', async () => {
    await start({
      nodes: [
        { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] },
        { architecture: 'arm64' },
      ],
    });
    await post(`${NAMESPACE}/pods`, pod('any'));
    await post(
      `${NAMESPACE}/pods`,
      pod('amd', { nodeSelector: { 'kubernetes.io/arch': 'amd64' } }),
    );
    await post(
      `${NAMESPACE}/pods`,
      pod('tolerant', {
        nodeSelector: { 'kubernetes.io/arch': 'amd64' },
        tolerations: [{ key: 'gpu', operator: 'Exists' }],
      }),
    );
    const spec = (name: string) =>
      kubernetes.get('Pod', 'shop', name)?.spec as { nodeName?: string };
    await until(() => spec('any').nodeName && spec('tolerant').nodeName);
    expect(spec('any').nodeName).toBe('sandbox-2');
    expect(spec('tolerant').nodeName).toBe('sandbox-1');
    const { conditions } = kubernetes.get('Pod', 'shop', 'amd')?.status as {
      conditions: Array<{ message: string }>;
    };
    expect(conditions[0].message).toMatch(
      /^0\/2 nodes are available: 1 node\(s\) had untolerated taint {gpu: yes}, 1 node\(s\) didn't match/,
    );
  });

  it('pulls with what the secrets of the service account hold', async () => {
    const asked: RegistryLogin[][] = [];
    await start({
      resolveImage: (_image, logins) => {
        asked.push(logins);
        return logins.length > 0 ? 'exists' : { refused: 'access denied' };
      },
    });
    await post(
      `${NAMESPACE}/secrets`,
      dockerSecret('other', { 'other.example': { auth: 'YTpi' } }),
    );
    await post(
      `${NAMESPACE}/secrets`,
      dockerSecret('pull', {
        '*.example': { username: 'robot', password: 'dummy' },
      }),
    );
    await client.apply(`${NAMESPACE}/serviceaccounts/default`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
      imagePullSecrets: [{ name: 'other' }, { name: 'pull' }],
    });
    await post(`${NAMESPACE}/pods`, pod('allowed'));
    await until(() => asked[0]);
    expect(asked[0]).toEqual([{ username: 'robot', password: 'dummy' }]);
    await post(
      `${NAMESPACE}/pods`,
      pod('denied', { imagePullSecrets: [{ name: 'gone' }] }),
    );
    expect(await waitingMessage('denied')).toBe(
      'failed to pull and unpack image "registry.example/shop/web:v1": failed to resolve image: access denied',
    );
    expect(
      kubernetes.list('Event', 'shop').map(({ message }) => message),
    ).toContain(
      'Unable to retrieve some image pull secrets (gone); attempting to pull the image may not succeed.',
    );
  });
});
