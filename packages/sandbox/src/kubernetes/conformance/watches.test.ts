import {
  SandboxKubernetes,
  startSandboxKubernetes,
} from '../SandboxKubernetes';
import { Condition, ContainerStatus, JsonObject } from '../objects';
import {
  TestClient,
  TestWatch,
  TestWatchEvent,
  until,
} from '../testing/TestClient';
import {
  IMAGE,
  deploymentOf,
  imagePatch,
  templateOf,
} from '../testing/manifests';
import { RecordedEvent, normalized, readWatches } from './recordings';

/** Hundred times faster than recorded; the order of steps is the same. */
const SPEED = 100;

/** Real milliseconds; the longest scenario takes one second. */
const PATIENCE = 3000;

const APPS = '/apis/apps/v1/namespaces/shop';

describe('watches give the same steps in the same order', () => {
  let kubernetes: SandboxKubernetes;
  let client: TestClient;

  beforeEach(async () => {
    kubernetes = await startSandboxKubernetes({
      speed: SPEED,
      nodes: 1,
      maxCrashBackOffSeconds: 20,
      workloads: [
        {
          fieldManager: 'kubectl',
          object: {
            kind: 'Namespace',
            apiVersion: 'v1',
            metadata: { name: 'shop' },
          },
        },
      ],
    });
    client = TestClient.create(kubernetes);
  });

  afterEach(() => kubernetes.stop());

  /** Creates a workload and waits until nothing moves any more. */
  async function running(path: string, object: JsonObject): Promise<void> {
    const answer = await client.call({
      method: 'POST',
      path,
      contentType: 'application/json',
      body: object,
    });
    expect(answer.status).toBe(201);
    await quiet();
  }

  /** Until no object has changed for two simulated seconds. */
  async function quiet(): Promise<void> {
    let last = '';
    await until('the cluster is quiet', async () => {
      const before = last;
      last = revisionOf((await client.get('/api/v1/pods?limit=1')).body);
      const wait = 2000 / SPEED;
      await new Promise(resolve => setTimeout(resolve, wait));
      return before === last;
    });
  }

  async function watchAll(
    plurals: string[],
    query = '',
  ): Promise<Map<string, TestWatch>> {
    const revision = revisionOf((await client.get('/api/v1/pods')).body);
    const watches = new Map<string, TestWatch>();
    for (const plural of plurals) {
      const root = ['pods', 'events'].includes(plural)
        ? '/api/v1/namespaces/shop'
        : APPS;
      watches.set(
        plural,
        await client.watch(
          `${root}/${plural}?watch=1&resourceVersion=${revision}${query}`,
        ),
      );
    }
    return watches;
  }

  /** Waits for as many events as were recorded; the comparison says more. */
  async function waitFor(
    watch: TestWatch | undefined,
    recorded: unknown[],
  ): Promise<void> {
    const end = Date.now() + PATIENCE;
    while ((watch?.events.length ?? 0) < recorded.length && Date.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  it('rolls out three replicas (02)', async () => {
    await running(`${APPS}/deployments`, deploymentOf('web', { replicas: 3 }));
    const recorded = readWatches('02-rollout-success');
    const watches = await watchAll(Object.keys(recorded));
    await client.apply(
      `${APPS}/deployments/web`,
      imagePatch('Deployment', 'web', `${IMAGE}:v2`),
    );
    await waitFor(watches.get('deployments'), recorded.deployments);
    await quiet();

    expect(steps(watches.get('deployments')?.events)).toEqual(
      steps(recorded.deployments),
    );
    expect(perObject(watches.get('replicasets')?.events, 'web')).toEqual(
      perObject(recorded.replicasets, 'web'),
    );
    expect(lives(watches.get('pods')?.events)).toEqual(lives(recorded.pods));
    expect(eventTexts(watches.get('events')?.events)).toEqual(
      eventTexts(recorded.events),
    );
  });

  it('keeps the old pods when an image is missing (03)', async () => {
    await running(
      `${APPS}/deployments`,
      deploymentOf('web', {
        replicas: 2,
        spec: {
          progressDeadlineSeconds: 15,
          strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        },
      }),
    );
    const recorded = readWatches('03-image-missing');
    const watches = await watchAll(Object.keys(recorded));
    await client.apply(
      `${APPS}/deployments/web`,
      imagePatch('Deployment', 'web', `${IMAGE}:doesnotexist-broken`),
    );
    await waitFor(watches.get('pods'), recorded.pods);

    expect(steps(watches.get('deployments')?.events)).toEqual(
      steps(recorded.deployments),
    );
    const pods = watches.get('pods')?.events.slice(0, recorded.pods.length);
    expect(containerSteps(pods)).toEqual(containerSteps(recorded.pods));
    expect(eventTexts(watches.get('events')?.events)).toEqual(
      eventTexts(recorded.events),
    );
  });

  it('restarts a crashing container with back-off (04)', async () => {
    await running(
      `${APPS}/deployments`,
      deploymentOf('web', {
        spec: {
          progressDeadlineSeconds: 30,
          strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        },
      }),
    );
    const recorded = readWatches('04-crash-loop');
    const watches = await watchAll(Object.keys(recorded));
    await client.apply(
      `${APPS}/deployments/web`,
      imagePatch('Deployment', 'web', `${IMAGE}:crash`),
    );
    await waitFor(watches.get('deployments'), recorded.deployments);
    await waitFor(watches.get('pods'), recorded.pods);

    expect(steps(watches.get('deployments')?.events)).toEqual(
      steps(recorded.deployments),
    );
    const pods = watches.get('pods')?.events.slice(0, recorded.pods.length);
    expect(containerSteps(pods)).toEqual(containerSteps(recorded.pods));
    expect(new Set(eventTexts(watches.get('events')?.events))).toEqual(
      new Set(eventTexts(recorded.events)),
    );
  });

  it('recreates (06)', async () => {
    await running(
      `${APPS}/deployments`,
      deploymentOf('recreate', {
        replicas: 2,
        spec: { strategy: { type: 'Recreate' } },
      }),
    );
    const { objects } = readWatches('06-deployment-recreate');
    const watches = await watchAll(['deployments']);
    await client.apply(
      `${APPS}/deployments/recreate`,
      imagePatch('Deployment', 'recreate', `${IMAGE}:v2`),
    );
    await waitFor(watches.get('deployments'), objects);

    expect(steps(watches.get('deployments')?.events)).toEqual(steps(objects));
  });

  it('does nothing while paused, and goes on when resumed (06)', async () => {
    await running(
      `${APPS}/deployments`,
      deploymentOf('paused', { replicas: 2, spec: { paused: true } }),
    );
    const { objects } = readWatches('06-deployment-paused');
    const watches = await watchAll(['deployments']);
    await client.apply(
      `${APPS}/deployments/paused`,
      imagePatch('Deployment', 'paused', `${IMAGE}:v2`),
    );
    await quiet();
    await client.call({
      method: 'PATCH',
      path: `${APPS}/deployments/paused`,
      contentType: 'application/merge-patch+json',
      body: { spec: { paused: false } },
    });
    await waitFor(watches.get('deployments'), objects);

    expect(steps(watches.get('deployments')?.events)).toEqual(steps(objects));
  });

  it('goes one by one with maxUnavailable and minReadySeconds (06)', async () => {
    await running(
      `${APPS}/deployments`,
      deploymentOf('slow', {
        replicas: 3,
        spec: {
          minReadySeconds: 2,
          strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
        },
      }),
    );
    await quiet();
    const { objects } = readWatches('06-deployment-maxunavailable');
    const watches = await watchAll(['deployments']);
    await client.apply(
      `${APPS}/deployments/slow`,
      imagePatch('Deployment', 'slow', `${IMAGE}:v2`),
    );
    await quiet();
    await quiet();

    // That cluster was busy: its pods took longer to start than to end.
    expect(stepsBesideEnding(watches.get('deployments')?.events)).toEqual(
      stepsBesideEnding(objects),
    );
  });

  it('updates StatefulSets by their strategy (06)', async () => {
    const strategies: { [name: string]: JsonObject } = {
      db: { type: 'RollingUpdate' },
      od: { type: 'OnDelete' },
      part: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
    };
    const { objects } = readWatches('06-statefulset');
    for (const [name, updateStrategy] of Object.entries(strategies)) {
      await running(`${APPS}/statefulsets`, {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name },
        spec: {
          replicas: 2,
          serviceName: name,
          selector: { matchLabels: { app: name } },
          template: templateOf(name),
          updateStrategy,
        },
      });
    }
    const watches = await watchAll(['statefulsets']);
    for (const name of Object.keys(strategies)) {
      await client.apply(
        `${APPS}/statefulsets/${name}`,
        imagePatch('StatefulSet', name, `${IMAGE}:v2`),
      );
    }
    await quiet();
    await client.call({
      method: 'DELETE',
      path: '/api/v1/namespaces/shop/pods/od-0',
    });
    await waitFor(watches.get('statefulsets'), objects);

    for (const name of Object.keys(strategies)) {
      expect(perObject(watches.get('statefulsets')?.events, name)).toEqual(
        perObject(objects, name),
      );
    }
  });

  it('updates a DaemonSet (06)', async () => {
    await running(`${APPS}/daemonsets`, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: templateOf('agent'),
      },
    });
    const { objects } = readWatches('06-daemonset');
    const watches = await watchAll(['daemonsets']);
    await client.apply(
      `${APPS}/daemonsets/agent`,
      imagePatch('DaemonSet', 'agent', `${IMAGE}:v2`),
    );
    await waitFor(watches.get('daemonsets'), objects);

    expect(steps(watches.get('daemonsets')?.events)).toEqual(steps(objects));
  });

  it('finishes a rollout to a crashing image without a probe (04)', async () => {
    await running(
      `${APPS}/deployments`,
      deploymentOf('web', {
        replicas: 2,
        probe: false,
        spec: {
          strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        },
      }),
    );
    const watches = await watchAll(['deployments']);
    await client.apply(
      `${APPS}/deployments/web`,
      imagePatch('Deployment', 'web', `${IMAGE}:crash`),
    );
    const reasons = () =>
      watches
        .get('deployments')
        ?.events.slice(1)
        .map(({ object }) =>
          conditionsOf(object).map(condition => condition.reason),
        ) ?? [];
    await until('it is complete and then unavailable', () => {
      const complete = reasons().findIndex(list =>
        list.includes('NewReplicaSetAvailable'),
      );
      return (
        complete > 0 &&
        reasons()
          .slice(complete)
          .some(list => list.includes('MinimumReplicasUnavailable'))
      );
    });
    expect(reasons().flat()).not.toContain('ProgressDeadlineExceeded');
  });
});

type AnyEvent = RecordedEvent | TestWatchEvent;

function revisionOf(body: unknown): string {
  return String(((body as JsonObject).metadata as JsonObject).resourceVersion);
}

function statusOf(object: JsonObject): JsonObject {
  return (object.status ?? {}) as JsonObject;
}

function metadataOf(object: JsonObject): JsonObject {
  return (object.metadata ?? {}) as JsonObject;
}

function conditionsOf(object: JsonObject): Condition[] {
  return (statusOf(object).conditions ?? []) as unknown as Condition[];
}

/** What a client acts upon, of each event. */
function steps(events: AnyEvent[] = []): unknown[] {
  return events
    .filter(event => event.type !== 'BOOKMARK')
    .map(({ type, object }) => {
      const {
        conditions: _conditions,
        collisionCount: _collisions,
        ...counts
      } = statusOf(object);
      const { generation, annotations } = metadataOf(object);
      return normalized({
        type,
        generation,
        revision: (annotations as JsonObject | undefined)?.[
          'deployment.kubernetes.io/revision'
        ],
        counts,
        conditions: conditionsOf(object).map(
          condition =>
            `${condition.type} ${condition.status} ${condition.reason}`,
        ),
      });
    });
}

/** Steps without those in which only an old pod came to its end. */
function stepsBesideEnding(events: AnyEvent[] = []): unknown[] {
  const texts = steps(events).map(step =>
    JSON.stringify(step).replace(/"terminatingReplicas":\d+,?/, ''),
  );
  return texts.filter((text, index) => text !== texts[index - 1]);
}

/** Steps of each object that belongs to a name, in the order of appearance. */
function perObject(events: AnyEvent[] = [], owner: string): unknown[] {
  const names = [
    ...new Set(events.map(({ object }) => String(metadataOf(object).name))),
  ].filter(name => name === owner || name.startsWith(`${owner}-`));
  return names.map(name =>
    steps(events.filter(({ object }) => metadataOf(object).name === name)),
  );
}

/** The lives of new and of old pods, each in the order of appearance. */
function lives(events: AnyEvent[] = []): unknown[] {
  const names = [
    ...new Set(events.map(({ object }) => String(metadataOf(object).name))),
  ];
  return names.map(name =>
    events
      .filter(({ object }) => metadataOf(object).name === name)
      .map(({ type, object }) => podStep(type, object)),
  );
}

function podStep(type: string, object: JsonObject): unknown {
  const { phase } = statusOf(object);
  const containers = (statusOf(object).containerStatuses ??
    []) as unknown as ContainerStatus[];
  return {
    type,
    phase,
    generation: metadataOf(object).generation,
    isDeleted: metadataOf(object).deletionTimestamp !== undefined,
    conditions: conditionsOf(object).map(condition =>
      [condition.type, condition.status, condition.reason].join(' '),
    ),
    containers: containers.map(({ state, lastState, ...container }) => ({
      ready: container.ready,
      started: container.started,
      restartCount: container.restartCount,
      state: stateText(state),
      lastState: stateText(lastState),
    })),
  };
}

function containerSteps(events: AnyEvent[] = []): unknown[] {
  return events.map(({ type, object }) => podStep(type, object));
}

function stateText(state: ContainerStatus['state']): string {
  const [kind] = Object.keys(state);
  const { reason } = { reason: '', ...state.waiting, ...state.terminated };
  const message = state.waiting?.message?.replace(/127[^" ]*"?/g, '<image>');
  const code = state.terminated?.exitCode;
  return normalized(
    [kind, reason, code, message?.replace(/pod=.*/, '')]
      .filter(part => part !== undefined && part !== '')
      .join(' '),
  );
}

/** Each event's text with how often it came, whatever the order of objects. */
function eventTexts(events: AnyEvent[] = []): string[] {
  return events
    .map(({ object }) => {
      const involved = object.involvedObject as JsonObject;
      return normalized(
        [
          involved.kind,
          involved.fieldPath,
          object.type,
          object.reason,
          String(object.message)
            .replace(/127\.0\.0\.1[^" ]*/g, '<image>')
            .replace(/\b(t-rollout|t-image|t-crashloop|shop)\//, '<namespace>/')
            .replace(/real-1|sandbox-1/g, '<node>')
            .replace(/10\.\d+\.\d+\.\d+/g, '<address>')
            .replace(/pod \S+\(\S+\)/, 'pod <pod>'),
        ].join(' | '),
      );
    })
    .sort();
}
