import { SandboxKubernetes, startSandboxKubernetes } from './SandboxKubernetes';
import { ArgoRollout, JsonObject, StatefulSet } from './objects';
import { TestClient, until } from './testing/TestClient';
import { IMAGE, deploymentOf, templateOf } from './testing/manifests';

const GROUP = '/apis/argoproj.io/v1alpha1';

function rolloutOf(spec: JsonObject): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { canary: {} },
      ...spec,
    },
  };
}

describe('Rollouts of Argo', () => {
  let kubernetes: SandboxKubernetes;
  let client: TestClient;

  const start = async (...objects: JsonObject[]) => {
    kubernetes = await startSandboxKubernetes({
      speed: 100,
      argoRollouts: true,
      workloads: objects.map(object => ({ fieldManager: 'helm', object })),
    });
    client = TestClient.create(kubernetes);
  };
  const rollout = () =>
    kubernetes.get('Rollout', 'default', 'web') as unknown as ArgoRollout;
  const phase = () => rollout().status.phase;
  const setImage = (image: string) =>
    client.apply(
      `${GROUP}/namespaces/default/rollouts/web`,
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata: { name: 'web' },
        spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
      },
      'fieldManager=tester&force=true',
    );

  afterEach(() => kubernetes.stop());

  it('are not there unless asked for', async () => {
    kubernetes = await startSandboxKubernetes({ speed: 100 });
    client = TestClient.create(kubernetes);
    expect((await client.get(GROUP)).status).toBe(404);
    expect((await client.get(`${GROUP}/rollouts`)).status).toBe(404);
  });

  it('are found by discovery', async () => {
    await start();
    const { body } = await client.get(GROUP);
    expect(body).toMatchObject({
      resources: expect.arrayContaining([
        expect.objectContaining({ name: 'rollouts', kind: 'Rollout' }),
      ]),
    });
  });

  it('go to the new version one by one, and count generations as texts', async () => {
    await start(rolloutOf({ template: templateOf('web') }));
    await until('it is healthy', () => phase() === 'Healthy');
    const { stableRS } = rollout().status;
    await setImage(`${IMAGE}:v2`);
    await until('the new version is stable', () => {
      const { status } = rollout();
      return status.stableRS !== stableRS && status.phase === 'Healthy';
    });
    expect(rollout().status).toMatchObject({
      observedGeneration: '2',
      updatedReplicas: 2,
      availableReplicas: 2,
      currentPodHash: rollout().status.stableRS,
    });
    await until(
      'the old pods are gone',
      () => kubernetes.list('Pod', 'default').length === 2,
    );
  });

  it('stay at a pause of the canary', async () => {
    const steps = [{ setWeight: 50 }, { pause: {} }];
    await start(
      rolloutOf({
        template: templateOf('web'),
        strategy: { canary: { steps } },
      }),
    );
    await until('it is healthy', () => phase() === 'Healthy');
    await setImage(`${IMAGE}:v2`);
    await until('it is paused', () => phase() === 'Paused');
    expect(rollout().status).toMatchObject({
      message: 'CanaryPauseStep',
      currentStepIndex: 1,
      updatedReplicas: 1,
    });
  });

  it('are degraded when the new version does not come up in time', async () => {
    await start(
      rolloutOf({ template: templateOf('web'), progressDeadlineSeconds: 5 }),
    );
    await until('it is healthy', () => phase() === 'Healthy');
    await setImage(`${IMAGE}:v2-broken`);
    await until('it is degraded', () => phase() === 'Degraded');
    expect(rollout().status.message).toMatch(/^ProgressDeadlineExceeded/);
    expect(rollout().status.availableReplicas).toBe(2);
  });

  it('follow the template of a Deployment', async () => {
    const { template, ...rest } = rolloutOf({}).spec as JsonObject;
    await start(
      {
        ...deploymentOf('base', { replicas: 0 }),
        metadata: { name: 'base', namespace: 'default' },
      },
      rolloutOf({
        ...rest,
        selector: { matchLabels: { app: 'base' } },
        workloadRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'base',
        },
      }),
    );
    expect(template).toBeUndefined();
    await until('it is healthy', () => phase() === 'Healthy');
    expect(rollout().status.workloadObservedGeneration).toBe('1');
  });
});

describe('pods that are refused', () => {
  let kubernetes: SandboxKubernetes;

  const start = async (object: JsonObject) => {
    kubernetes = await startSandboxKubernetes({
      speed: 100,
      workloads: [
        {
          fieldManager: 'admin',
          object: {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            metadata: { name: 'q', namespace: 'default' },
            spec: { hard: { pods: '1' } },
          },
        },
        {
          fieldManager: 'helm',
          object: {
            ...object,
            metadata: { name: 'web', namespace: 'default' },
          },
        },
      ],
    });
  };
  const refusals = () =>
    kubernetes
      .list('Event', 'default')
      .filter(({ reason }) => reason === 'FailedCreate')
      .map(({ message }) => String(message));

  afterEach(() => kubernetes.stop());

  it('are told by a condition of the Deployment, until there is room', async () => {
    await start(deploymentOf('web', { replicas: 2 }));
    const failure = () =>
      (
        kubernetes.get('Deployment', 'default', 'web')?.status as {
          conditions?: Array<{ type: string; message: string }>;
        }
      ).conditions?.find(({ type }) => type === 'ReplicaFailure');
    await until('a pod is refused', () => failure() !== undefined);
    expect(failure()?.message).toMatch(
      /^pods "web-.+" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1$/,
    );
    expect(refusals()[0]).toMatch(/^Error creating: pods "web-/);
  });

  it('are told by events alone for a StatefulSet', async () => {
    await start({
      ...deploymentOf('web', { replicas: 2 }),
      kind: 'StatefulSet',
    });
    await until('a pod is refused', () => refusals().length > 0);
    expect(refusals()[0]).toMatch(
      /^create Pod web-1 in StatefulSet web failed error: pods "web-1" is forbidden/,
    );
    const { status } = kubernetes.get(
      'StatefulSet',
      'default',
      'web',
    ) as unknown as StatefulSet;
    expect(status.replicas).toBe(1);
  });

  it('and objects that a policy denies, in its words', async () => {
    await start(deploymentOf('web'));
    kubernetes.policies.set({
      name: 'no-latest',
      kinds: ['Deployment'],
      pattern: ':latest"',
      message: 'images must not use the tag latest',
    });
    const answer = await TestClient.create(kubernetes).apply(
      '/apis/apps/v1/namespaces/default/deployments/web',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          template: {
            spec: { containers: [{ name: 'web', image: `${IMAGE}:latest` }] },
          },
        },
      },
      'fieldManager=tester&force=true&dryRun=All',
    );
    expect(answer).toMatchObject({
      status: 422,
      body: {
        reason: 'Invalid',
        message: `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: images must not use the tag latest`,
      },
    });
  });
});
