import {
  ClusterSnapshot,
  SandboxKubernetes,
  SandboxKubernetesOptions,
  startSandboxKubernetes,
} from './SandboxKubernetes';
import { Deployment, JsonObject, Pod } from './objects';
import { TestClient, until } from './testing/TestClient';
import { IMAGE, deploymentOf, imagePatch } from './testing/manifests';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const STATEFUL_SETS = '/apis/apps/v1/namespaces/default/statefulsets';

describe('a cluster that goes on from a snapshot', () => {
  let kubernetes: SandboxKubernetes;
  let client: TestClient;

  const start = async (options: SandboxKubernetesOptions = {}) => {
    kubernetes = await startSandboxKubernetes({ speed: 100, ...options });
    client = TestClient.create(kubernetes);
  };
  const stop = async (): Promise<ClusterSnapshot> => {
    await kubernetes.stop();
    return JSON.parse(JSON.stringify(kubernetes.snapshot()));
  };
  const restart = async (options: SandboxKubernetesOptions = {}) => {
    const snapshot = await stop();
    await start({ ...options, snapshot });
    return snapshot;
  };

  beforeEach(() => start());
  afterEach(() => kubernetes.stop());

  const web = () =>
    kubernetes.get('Deployment', 'default', 'web') as unknown as Deployment;
  const pods = () => kubernetes.list('Pod', 'default') as unknown as Pod[];
  const stateOf = (pod: Pod) => pod.status.containerStatuses?.[0]?.state;
  const create = (object: JsonObject, path = DEPLOYMENTS) =>
    client.call({ method: 'POST', path, body: object });
  const applied = (tag: string) =>
    client.apply(
      `${DEPLOYMENTS}/web`,
      imagePatch('Deployment', 'web', `${IMAGE}:${tag}`),
    );
  const complete = (tag: string) => () => {
    const { spec, status, metadata } = web();
    return (
      spec.template.spec.containers[0].image === `${IMAGE}:${tag}` &&
      status.observedGeneration === metadata.generation &&
      status.updatedReplicas === 2 &&
      status.availableReplicas === 2 &&
      status.replicas === 2
    );
  };
  const settled = async () => {
    let last = '';
    await until('nothing is written any more', async () => {
      await new Promise(resolve => {
        setTimeout(resolve, 60);
      });
      const now = kubernetes.snapshot().revision.toString();
      const isSame = now === last;
      last = now;
      return isSame;
    });
  };

  it('leaves what runs as it is', async () => {
    await create(
      deploymentOf('web', { replicas: 2, spec: { minReadySeconds: 1 } }),
    );
    await until('web runs', complete('v1'));
    await applied('v2');
    await until('v2 runs', complete('v2'));
    await until('v1 is gone', () => pods().length === 2);
    await settled();

    const before = await restart();
    await settled();
    expect(kubernetes.snapshot().objects).toEqual(before.objects);
    expect(web().metadata.managedFields?.map(each => each.manager)).toContain(
      'deploydriver',
    );
  });

  it('counts versions on and answers 410 to those of before', async () => {
    await create(deploymentOf('web', { replicas: 2 }));
    await until('web runs', complete('v1'));
    const { revision } = await restart();

    await applied('v2');
    expect(Number(web().metadata.resourceVersion)).toBeGreaterThan(revision);
    const old = await client.watch(
      `${DEPLOYMENTS}?watch=1&resourceVersion=${revision}`,
    );
    await old.ended;
    expect(old.events).toMatchObject([
      { type: 'ERROR', object: { code: 410, reason: 'Expired' } },
    ]);
    const list = await client.get(DEPLOYMENTS);
    const { metadata } = list.body as { metadata: JsonObject };
    const resumed = await client.watch(
      `${DEPLOYMENTS}?watch=1&resourceVersion=${metadata.resourceVersion}`,
    );
    await applied('v3');
    await until('the change arrives', () => resumed.events.length > 0);
    resumed.close();
  });

  it('finishes a rollout that was under way', async () => {
    await create(deploymentOf('web', { replicas: 2 }));
    await until('web runs', complete('v1'));
    await applied('v2');
    await until('a new pod waits', () =>
      pods().some(pod => stateOf(pod)?.waiting !== undefined),
    );
    const running = pods().filter(pod => stateOf(pod)?.running);
    expect(running.length).toBeGreaterThan(0);

    await restart();
    await until('v2 runs', complete('v2'));
    await until('v1 is gone', () => pods().length === 2);
    const addresses = pods().map(pod => pod.status.podIP);
    expect(new Set(addresses).size).toBe(2);
  });

  it('goes on with a crash loop, its restarts counted', async () => {
    await create(deploymentOf('web', { image: `${IMAGE}:v1-crash` }));
    const waits = () =>
      pods().some(pod => stateOf(pod)?.waiting?.reason === 'CrashLoopBackOff');
    const restarts = () => pods()[0].status.containerStatuses?.[0].restartCount;
    await until('it is backed off', waits);
    await stop();
    const before = restarts() ?? 0;
    await start({ snapshot: kubernetes.snapshot() });

    expect(restarts()).toBe(before);
    expect(waits()).toBe(true);
    await until('it is restarted', () => restarts() === before + 1);
  });

  it('pulls an image that appears while the pod waits for it', async () => {
    const options = { resolveImage: () => 'missing' as const };
    await kubernetes.stop();
    await start(options);
    await create(deploymentOf('web', { replicas: 2 }));
    await until('the pull failed', () =>
      pods().some(pod => stateOf(pod)?.waiting?.reason === 'ErrImagePull'),
    );
    await restart({ resolveImage: () => 'exists' });
    await until('web runs', complete('v1'));
    const [pod] = pods();
    expect(pod.status.containerStatuses?.[0].imageID).toContain('sha256:');
  });

  it('misses the progress deadline of a rollout from before', async () => {
    await create(
      deploymentOf('web', {
        image: `${IMAGE}:v1-broken`,
        spec: { progressDeadlineSeconds: 60 },
      }),
    );
    await until('the pull failed', () =>
      pods().some(pod => stateOf(pod)?.waiting?.reason === 'ErrImagePull'),
    );
    await restart();
    const reason = () =>
      web().status.conditions?.find(({ type }) => type === 'Progressing')
        ?.reason;
    expect(reason()).not.toBe('ProgressDeadlineExceeded');
    await until(
      'the deadline passed',
      () => reason() === 'ProgressDeadlineExceeded',
    );
  });

  it('ends what was being deleted, and what lost its owner', async () => {
    await create(deploymentOf('web', { replicas: 2 }));
    await until('web runs', complete('v1'));
    await client.call({
      method: 'DELETE',
      path: `/api/v1/namespaces/default/pods/${pods()[0].metadata.name}`,
    });
    await client.call({
      method: 'DELETE',
      path: `${DEPLOYMENTS}/web`,
    });
    expect(pods()).not.toEqual([]);

    await restart();
    await until('all is gone', () => pods().length === 0);
    expect(kubernetes.list('ReplicaSet', 'default')).toEqual([]);
  });

  it('begins with its workloads again when it is reset', async () => {
    await kubernetes.stop();
    const workloads = [
      {
        fieldManager: 'helm',
        object: deploymentOf('web', {
          replicas: 2,
          metadata: { namespace: 'default' },
        }),
      },
    ];
    await start({ workloads });
    await until('web runs', complete('v1'));
    await applied('v2');
    await until('v2 runs', complete('v2'));
    await restart({ workloads });
    expect(complete('v2')()).toBe(true);

    const watch = await client.watch(`${DEPLOYMENTS}?watch=1`);
    const { uid, resourceVersion } = web().metadata;
    kubernetes.reset();
    await until('v1 runs', complete('v1'));
    expect(web().metadata.uid).not.toBe(uid);
    expect(Number(web().metadata.resourceVersion)).toBeGreaterThan(
      Number(resourceVersion),
    );
    await until('only new pods are left', () => pods().length === 2);
    expect(watch.events.map(({ type }) => type).slice(0, 3)).toEqual([
      'ADDED',
      'DELETED',
      'ADDED',
    ]);
    watch.close();
  });

  it('names the whole revision in the pods of a StatefulSet', async () => {
    const { spec, ...more } = deploymentOf('db') as {
      spec: JsonObject;
    } & JsonObject;
    await create(
      {
        ...more,
        kind: 'StatefulSet',
        spec: { ...spec, replicas: 2, serviceName: 'db' },
      },
      STATEFUL_SETS,
    );
    await until('both pods are there', () => pods().length === 2);
    await settled();
    await restart();
    await settled();
    const set = kubernetes.get('StatefulSet', 'default', 'db');
    const { updateRevision } = set?.status as { updateRevision: string };
    expect(updateRevision).toMatch(/^db-/);
    expect(
      pods().map(pod => pod.metadata.labels?.['controller-revision-hash']),
    ).toEqual([updateRevision, updateRevision]);
    expect(set?.status).toMatchObject({ readyReplicas: 2, updatedReplicas: 2 });
  });
});
