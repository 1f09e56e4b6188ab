import { SandboxToken, defaultTokens } from '../access/tokens';
import {
  SandboxKubernetes,
  startSandboxKubernetes,
} from '../SandboxKubernetes';
import { Deployment, JsonObject, Pod } from '../objects';
import { TestClient, until } from '../testing/TestClient';
import {
  IMAGE,
  deploymentOf,
  imagePatch,
  templateOf,
} from '../testing/manifests';
import { Exchange, comparableBody, readExchanges } from './recordings';

/**
 * What a cluster was like before a recorded exchange: steps to be taken first,
 * by the recording's name and the exchange's place in its fixture.
 */
type Preparation = (scene: Scene) => Promise<void>;

interface Scene {
  kubernetes: SandboxKubernetes;
  client: TestClient;
  /** The service account of the recordings. */
  deployer: SandboxToken;
  /** Names in the recording → names here. */
  names: Map<string, string>;
}

async function create(
  { client }: Scene,
  path: string,
  body: JsonObject,
  manager = 'unknown',
): Promise<void> {
  const answer = await client.call({
    method: 'POST',
    path: `${path}?fieldManager=${manager}`,
    contentType: 'application/json',
    body,
  });
  if (answer.status !== 201) {
    throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
  }
}

function deploymentsOf(namespace: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments`;
}

/** Until the rollout of a Deployment is over. */
function settled(
  { kubernetes }: Scene,
  namespace: string,
  name = 'web',
): Promise<void> {
  return until(`${namespace}/${name} is rolled out`, () => {
    const found = kubernetes.get('Deployment', namespace, name) as unknown as
      | Deployment
      | undefined;
    return (
      found?.status.observedGeneration === found?.metadata.generation &&
      found?.status.conditions?.some(
        ({ reason }) => reason === 'NewReplicaSetAvailable',
      ) === true
    );
  });
}

const kubectlWeb =
  (namespace: string): Preparation =>
  async scene => {
    await create(
      scene,
      deploymentsOf(namespace),
      deploymentOf('web', {
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
          },
        },
      }),
      'kubectl-client-side-apply',
    );
    await settled(scene, namespace);
  };

/** The state that 01b was recorded in: after 01a. */
const afterFirstRecording: Preparation = async scene => {
  await kubectlWeb('t-ssa')(scene);
  await scene.client.apply(
    `${deploymentsOf('t-ssa')}/web`,
    readExchanges('01a-ssa-conflict-dryrun-force')[0].request.body,
  );
  await settled(scene, 't-ssa');
};

const secretKeeper: Preparation = async scene => {
  const template = templateOf('web');
  (template.spec as JsonObject).imagePullSecrets = [{ name: 'existing' }];
  await create(
    scene,
    deploymentsOf('t-sec'),
    deploymentOf('web', { spec: { template } }),
    'kubectl-create',
  );
};

const crashLooping: Preparation = async scene => {
  const { kubernetes, names, client } = scene;
  await create(
    scene,
    deploymentsOf('t-crashloop'),
    deploymentOf('web', { image: `${IMAGE}:v1-crash` }),
  );
  await create(scene, '/api/v1/namespaces/t-badimage2/pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'norepo' },
    spec: { containers: [{ name: 'web', image: `${IMAGE}:v1-broken` }] },
  });
  const pods = () => kubernetes.list('Pod') as unknown as Pod[];
  await until('the crash is seen', () =>
    pods().some(
      pod => (pod.status.containerStatuses?.[0]?.restartCount ?? 0) > 1,
    ),
  );
  await until('the pull failed', () =>
    pods().some(pod =>
      pod.status.containerStatuses?.[0]?.state.waiting?.reason.includes('Pull'),
    ),
  );
  const crashing = kubernetes.list('Pod', 't-crashloop')[0].metadata.name;
  names.set('web-679bfb9c68-k2qt9', crashing);
  await client.call({
    method: 'POST',
    path: deploymentsOf('t-crashloop'),
    contentType: 'application/json',
    body: deploymentOf('well'),
  });
  await settled(scene, 't-crashloop', 'well');
  const well = kubernetes
    .list('Pod', 't-crashloop')
    .find(pod => pod.metadata.name.startsWith('well'));
  names.set('web-5f4f8db7d4-5kxwt', well?.metadata.name ?? '');
};

const twoOwners: Preparation = async scene => {
  const template = templateOf('web');
  const [container] = (template.spec as JsonObject).containers as JsonObject[];
  container.env = [{ name: 'A', value: '1' }];
  await create(
    scene,
    deploymentsOf('t-misc'),
    deploymentOf('web', { spec: { template } }),
    'helm',
  );
  await scene.client.apply(
    `${deploymentsOf('t-misc')}/web`,
    imagePatch('Deployment', 'web', `${IMAGE}:v3`),
    'fieldManager=argocd-controller&force=true',
  );
};

const pages: Preparation = async scene => {
  for (const name of ['c0', 'c1', 'c2', 'c3', 'c4', 'kube-root-ca.crt']) {
    await create(scene, '/api/v1/namespaces/t-rv/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
    });
  }
  // The recording had one more; it is behind the last page that was kept.
  await create(scene, '/api/v1/namespaces/t-rv/configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'later' },
  });
};

const kubectlSetImage: Preparation = async ({ client }) => {
  await client.call({
    method: 'PATCH',
    path: `${deploymentsOf('t-mgr')}/argo?fieldManager=kubectl-set`,
    contentType: 'application/strategic-merge-patch+json',
    body: {
      spec: {
        template: {
          spec: { containers: [{ name: 'web', image: `${IMAGE}:v2` }] },
        },
      },
    },
  });
};

const grantPatch: Preparation = async ({ deployer }) => {
  deployer.rules.push(
    {
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      verbs: ['create'],
    },
    {
      apiGroups: ['authentication.k8s.io'],
      resources: ['selfsubjectreviews'],
      verbs: ['create'],
    },
    {
      apiGroups: ['apps'],
      resources: ['deployments'],
      verbs: ['get', 'list', 'watch', 'patch'],
    },
    {
      apiGroups: [''],
      resources: ['secrets'],
      verbs: ['get'],
      resourceNames: ['pull'],
    },
  );
};

const agent: Preparation = async scene => {
  await create(scene, '/apis/apps/v1/namespaces/t-ds/daemonsets', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: templateOf('agent'),
    },
  });
};

const rolledOut: Preparation = async scene => {
  await create(
    scene,
    deploymentsOf('t-rollout'),
    deploymentOf('web', { replicas: 3 }),
    'kubectl-create',
  );
  await scene.client.apply(
    `${deploymentsOf('t-rollout')}/web`,
    imagePatch('Deployment', 'web', `${IMAGE}:v2`),
  );
  await settled(scene, 't-rollout');
};

const PREPARATIONS: { [recording: string]: { [place: number]: Preparation } } =
  {
    '01a-ssa-conflict-dryrun-force': { 0: kubectlWeb('t-ssa') },
    '01b-ssa-guards-and-validation': { 0: afterFirstRecording },
    '01c-ssa-create-names-and-other-patches': {},
    '02-rollout-after-and-list-errors': { 0: rolledOut },
    '06-daemonset-cronjob-job': { 0: agent },
    '07a-errors-validation': {},
    '07b-errors-authn-authz': {
      0: scene => create(scene, deploymentsOf('t-err'), deploymentOf('web')),
      5: grantPatch,
    },
    '07f-paging-expired-429': { 0: pages },
    '08-pull-secrets': { 10: secretKeeper },
    '10-pod-logs': { 0: crashLooping },
    '11-field-managers': { 5: kubectlSetImage },
    '12-misc': { 1: twoOwners },
  };

/** Where the sandbox says it otherwise, and why that is no harm. */
const DIFFERENCES: { [recording: string]: { [place: number]: string } } = {
  '07a-errors-validation': {
    11: 'the words of the JSON parser are Go’s there',
  },
  '07b-errors-authn-authz': {
    8: 'lists the rules of this service account',
    9: 'has no credential id',
  },
  '08-pull-secrets': { 3: 'the words of the JSON parser are Go’s there' },
};

/** What cannot be sent again. */
const LEFT_OUT: { [recording: string]: number[] } = {
  // The tokens were redacted; the test of the whole sandbox has others.
  '07a-errors-validation': [24],
  '07b-errors-authn-authz': [15],
  // Its continue token names a revision of that cluster.
  '12-misc': [0],
};

const NAMESPACES = [
  't-ssa',
  't-ssa2',
  't-rollout',
  't-ds',
  't-err',
  't-rv',
  't-sec',
  't-crashloop',
  't-badimage2',
  't-mgr',
  't-misc',
];

async function startScene(): Promise<Scene> {
  const deployer: SandboxToken = {
    token: 'deployer-of-the-recordings',
    user: 'system:serviceaccount:t-err:deployer',
    rules: [],
  };
  const kubernetes = await startSandboxKubernetes({
    speed: 200,
    nodes: 1,
    maxCrashBackOffSeconds: 20,
    tokens: { ...defaultTokens(), deployer },
    workloads: NAMESPACES.map(name => ({
      fieldManager: 'unknown',
      object: { kind: 'Namespace', apiVersion: 'v1', metadata: { name } },
    })),
  });
  return {
    kubernetes,
    client: TestClient.create(kubernetes),
    deployer,
    names: new Map(),
  };
}

function renamed(scene: Scene, text: string): string {
  return [...scene.names].reduce(
    (result, [from, to]) => result.split(from).join(to),
    text,
  );
}

describe.each(Object.keys(PREPARATIONS))('as recorded in %s', recording => {
  const cases = readExchanges(recording)
    .map((exchange, place) => ({ place, ...exchange }))
    .filter(({ place }) => !LEFT_OUT[recording]?.includes(place));
  let scene: Scene;
  /** Continue tokens of the recording → the ones given here. */
  let lastContinue = '';

  beforeAll(async () => {
    scene = await startScene();
  });

  afterAll(() => scene.kubernetes.stop());

  it.each(cases)('$place: $note', async exchange => {
    const { place, request, response }: Exchange & { place: number } = exchange;
    await PREPARATIONS[recording][place]?.(scene);
    const path = renamed(scene, request.path).replace(
      /continue=eyJ[^&]*/,
      `continue=${lastContinue}`,
    );
    const answer = await scene.client.call({
      ...request,
      path,
      token: request.token ? scene.deployer.token : undefined,
    });
    const metadata = (answer.body as JsonObject)?.metadata as
      | JsonObject
      | undefined;
    lastContinue = String(metadata?.continue ?? lastContinue);

    const recorded = JSON.parse(
      renamed(scene, JSON.stringify(response.body ?? '')),
    ) as unknown;
    const reduced =
      DIFFERENCES[recording]?.[place] === undefined
        ? comparableBody
        : kindAndReason;
    expect({
      status: answer.status,
      headers: chosen(answer.headers, Object.keys(response.headers ?? {})),
      body: reduced(answer.body),
    }).toEqual({
      status: response.status,
      headers: response.headers ?? {},
      body: reduced(recorded),
    });
  });
});

function kindAndReason(body: unknown): unknown {
  const { kind, reason, code } = body as JsonObject;
  return { kind, reason, code };
}

function chosen(
  headers: { [name: string]: unknown },
  names: string[],
): { [name: string]: unknown } {
  return Object.fromEntries(names.map(name => [name, headers[name]]));
}
