import {
  ImageChange,
  WorkloadCreation,
} from '@slipway/backstage-plugin-image-registry-node';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { readFixture } from '../testing/replay';
import {
  answer,
  Script,
  ScriptedApiServer,
  ScriptedRequest,
} from '../testing/ScriptedApiServer';
import { WorkloadObject } from '../workloads/objects';

const { workloads } = readFixture<{
  workloads: Array<{ object: WorkloadObject }>;
}>('workloads');
/** Made by kubectl apply, as recorded. */
const recorded = workloads[0].object;
const { namespace, name } = recorded.metadata;

const NO_DRY_RUN =
  'admission webhook "inject.example" does not support dry run';
const DUPLICATES =
  'failed to create manager for existing fields: failed to convert new object (default/web; apps/v1, Kind=Deployment) to smd typed: .spec.template.spec.containers[name="web"].env: duplicate entries for key [name="MODE"]';

const change: ImageChange = {
  target: {
    cluster: 'real',
    namespace,
    kind: 'Deployment',
    name,
    container: 'web',
  },
  image: '127.0.0.1:5000/web:v2',
  sequence: 12,
  force: true,
};

const creation: WorkloadCreation = {
  plan: {
    name: 'basket',
    owner: 'group:default/shop',
    place: { cluster: 'real', namespace: 'shop' },
    image: { registryId: 'hub', repository: 'shop/basket', tag: 'v1' },
    replicas: 1,
    requests: { cpu: '100m', memory: '64Mi' },
    ports: [],
    env: [],
    volumes: [],
    service: false,
  },
  image: 'registry.example/shop/basket:v1',
  entityRef: 'component:default/basket',
};

describe('a cluster that cannot do all that is asked', () => {
  let server: ScriptedApiServer;
  let driver: KubernetesDeployDriver;
  let script: Script;

  const writes = (): ScriptedRequest[] =>
    server.requests.filter(({ method }) => method === 'PATCH');

  beforeAll(async () => {
    server = await ScriptedApiServer.start((request, response) =>
      script(request, response),
    );
    driver = KubernetesDeployDriver.create({
      sources: [server.source('real')],
      settleMs: 0,
    });
  });

  beforeEach(() => {
    server.requests.length = 0;
  });

  afterAll(async () => {
    await driver.close();
    await server.stop();
  });

  /** Of a webhook without `sideEffects: None`. */
  const withoutRehearsals =
    (found: object | undefined): Script =>
    ({ method, query }, response) => {
      if (method === 'PATCH' && query.has('dryRun')) {
        answer(response, 400, { reason: 'BadRequest', message: NO_DRY_RUN });
      } else if (method === 'GET' && !found) {
        answer(response, 404, { reason: 'NotFound', message: 'not found' });
      } else {
        answer(response, method === 'PATCH' ? 201 : 200, found ?? recorded);
      }
    };

  it('shows what is asked for when it cannot be rehearsed', async () => {
    script = withoutRehearsals(recorded);
    expect(await driver.diff(change)).toMatchObject({
      unchanged: false,
      changes: [
        {
          path: 'spec.template.spec.containers[name=web].image',
          from: '127.0.0.1:5000/web:v1',
          to: '127.0.0.1:5000/web:v2',
        },
      ],
      warnings: [`Cluster real: ${NO_DRY_RUN}`],
    });
  });

  it('makes a workload that it cannot rehearse', async () => {
    script = withoutRehearsals(undefined);
    const planned = await driver.createWorkload(creation, { dryRun: true });
    expect(planned).toMatchObject({
      outcome: 'planned',
      problems: [],
      objects: [
        { state: 'planned', warnings: [`Cluster real: ${NO_DRY_RUN}`] },
      ],
    });
    const made = await driver.createWorkload(creation);
    expect(made.outcome).toBe('created');
  });

  it('makes none over one that exists, which no rehearsal has told', async () => {
    script = withoutRehearsals(recorded);
    const made = await driver.createWorkload(creation);
    expect(made).toMatchObject({
      outcome: 'refused',
      objects: [{ reason: { code: 'object-exists' } }],
    });
    expect(writes().every(({ query }) => query.has('dryRun'))).toBe(true);
  });

  /** Before 1.29, with a variable that is named twice. */
  const withoutMerging: Script = ({ method, body }, response) => {
    if (method === 'PATCH' && !Array.isArray(body)) {
      answer(response, 500, { status: 'Failure', message: DUPLICATES });
    } else {
      answer(response, 200, recorded);
    }
  };

  it('is written in steps where it takes no apply', async () => {
    script = withoutMerging;
    await driver.apply(change);
    const [, steps] = writes();
    expect(steps.body).toContainEqual({
      op: 'add',
      path: '/spec/template/spec/containers/0/image',
      value: change.image,
    });
    expect(writes()).toHaveLength(2);
  });

  it('keeps what others own out of such steps, too', async () => {
    script = withoutMerging;
    await expect(
      driver.apply({ ...change, force: false }),
    ).rejects.toMatchObject({
      code: 'field-conflict',
      owners: [{ manager: 'kubectl-client-side-apply' }],
    });
  });
});
