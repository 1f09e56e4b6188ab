import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  PatchStrategy,
  V1Deployment,
  Watch,
  setHeaderOptions,
} from '@kubernetes/client-node';
import { SandboxKubernetes, startSandboxKubernetes } from './SandboxKubernetes';
import { defaultWorkloads } from './seed/default-workloads';
import { until } from './testing/TestClient';
import { imagePatch } from './testing/manifests';

const REGISTRY = '127.0.0.1:5001';

describe('a cluster as @kubernetes/client-node sees it', () => {
  let kubernetes: SandboxKubernetes;
  let config: KubeConfig;
  let apps: AppsV1Api;
  let core: CoreV1Api;

  beforeAll(async () => {
    kubernetes = await startSandboxKubernetes({
      speed: 50,
      workloads: defaultWorkloads(REGISTRY),
      resolveImage: async image =>
        image.startsWith(REGISTRY)
          ? { digest: `sha256:${'a'.repeat(64)}` }
          : 'missing',
    });
    config = new KubeConfig();
    config.loadFromString(kubernetes.kubeconfig());
    apps = config.makeApiClient(AppsV1Api);
    core = config.makeApiClient(CoreV1Api);
    await until('production runs', async () => {
      const web = await apps.readNamespacedDeployment({
        name: 'web',
        namespace: 'shop-prod',
      });
      return web.status?.availableReplicas === 3;
    });
  });

  afterAll(() => kubernetes.stop());

  it('lists by label in all namespaces and in pages', async () => {
    const labelSelector = 'backstage.io/kubernetes-id in (web)';
    const all = await apps.listDeploymentForAllNamespaces({ labelSelector });
    expect(all.items.map(item => item.metadata?.namespace)).toEqual([
      'shop-dev',
      'shop-prod',
      'shop-staging',
    ]);
    const first = await apps.listDeploymentForAllNamespaces({
      labelSelector,
      limit: 2,
    });
    const second = await apps.listDeploymentForAllNamespaces({
      labelSelector,
      limit: 2,
      _continue: first.metadata?._continue,
    });
    expect([...first.items, ...second.items]).toHaveLength(3);
  });

  it('names the digest that runs', async () => {
    const { items } = await core.listNamespacedPod({
      namespace: 'shop-prod',
      labelSelector: 'app.kubernetes.io/name=web',
    });
    expect(items).toHaveLength(3);
    expect(items[0].status?.containerStatuses?.[0].imageID).toBe(
      `${REGISTRY}/demo/web@sha256:${'a'.repeat(64)}`,
    );
  });

  it('applies on the server, watches the rollout and reads a log', async () => {
    const target = { name: 'web', namespace: 'shop-prod' };
    const body = imagePatch('Deployment', 'web', `${REGISTRY}/demo/web:v1.3.0`);
    const options = setHeaderOptions(
      'Content-Type',
      PatchStrategy.ServerSideApply,
    );
    await expect(
      apps.patchNamespacedDeployment(
        { ...target, body, fieldManager: 'portal' },
        options,
      ),
    ).rejects.toMatchObject({
      code: 409,
      body: expect.stringContaining('helm'),
    });

    const list = await apps.listNamespacedDeployment({
      namespace: 'shop-prod',
    });
    const seen: V1Deployment[] = [];
    const watch = await new Watch(config).watch(
      '/apis/apps/v1/namespaces/shop-prod/deployments',
      {
        resourceVersion: list.metadata?.resourceVersion,
        fieldSelector: 'metadata.name=web',
        allowWatchBookmarks: true,
      },
      (_phase, object: V1Deployment) => seen.push(object),
      () => undefined,
    );
    const applied = await apps.patchNamespacedDeployment(
      { ...target, body, fieldManager: 'portal', force: true },
      options,
    );
    expect(applied.metadata?.generation).toBe(2);
    await until('the rollout is complete', () =>
      seen.some(
        ({ status }) =>
          status?.observedGeneration === 2 &&
          status.conditions?.some(
            ({ reason }) => reason === 'NewReplicaSetAvailable',
          ) === true,
      ),
    );
    watch.abort();

    const { items } = await core.listNamespacedPod({
      namespace: 'shop-prod',
      labelSelector: 'app.kubernetes.io/name=web',
    });
    const running = items.find(pod =>
      pod.spec?.containers[0].image?.endsWith('v1.3.0'),
    );
    const log = await core.readNamespacedPodLog({
      namespace: 'shop-prod',
      name: running?.metadata?.name ?? '',
      tailLines: 1,
    });
    expect(log).toBe('listening on :8080\n');
  });

  it('makes a pull secret and attaches it to a service account', async () => {
    const secret = await core.createNamespacedSecret({
      namespace: 'shop-dev',
      body: {
        metadata: { name: 'pull' },
        type: 'kubernetes.io/dockerconfigjson',
        stringData: { '.dockerconfigjson': '{"auths":{}}' },
      },
    });
    expect(secret.data).toEqual({ '.dockerconfigjson': 'eyJhdXRocyI6e319' });
    const account = await core.patchNamespacedServiceAccount(
      {
        namespace: 'shop-dev',
        name: 'default',
        fieldManager: 'portal',
        body: {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default' },
          imagePullSecrets: [{ name: 'pull' }],
        },
      },
      setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply),
    );
    expect(account.imagePullSecrets).toEqual([{ name: 'pull' }]);
  });
});
