import { ServerResponse } from 'http';
import { ImageChange } from '@slipway/backstage-plugin-image-registry-node';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { readFixture } from '../testing/replay';
import {
  answer,
  ScriptedApiServer,
  ScriptedRequest,
} from '../testing/ScriptedApiServer';
import { WorkloadObject } from '../workloads/objects';
import { ROLLOUT_SEQUENCE_ANNOTATION } from './rolloutSequence';

const { workloads } = readFixture<{
  workloads: Array<{ object: WorkloadObject }>;
}>('workloads');
const { refusals } = readFixture<{
  refusals: Array<{ statusCode: number; body: { message: string } }>;
}>('refusals');

/** Made by kubectl apply, as recorded. */
const recorded = workloads[0].object;
const { namespace, name, uid, resourceVersion } = recorded.metadata;

function refusal(words: RegExp) {
  const found = refusals.find(({ body }) => words.test(body.message));
  if (!found) {
    throw new Error(`No refusal ${words} was recorded`);
  }
  return (response: ServerResponse) =>
    answer(response, found.statusCode, found.body);
}

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
  force: false,
};

describe('apply', () => {
  let server: ScriptedApiServer;
  let driver: KubernetesDeployDriver;
  let stored: WorkloadObject;
  /** Answers of the next writes; after them, writes succeed. */
  let refusing: Array<(response: ServerResponse) => void>;

  const writes = (): ScriptedRequest[] =>
    server.requests.filter(({ method }) => method === 'PATCH');
  const annotate = (value: string, image?: string) => {
    stored = structuredClone(recorded);
    stored.metadata.annotations = { [ROLLOUT_SEQUENCE_ANNOTATION]: value };
    const [container] = stored.spec.template?.spec?.containers ?? [];
    container.image = image ?? container.image;
  };

  beforeEach(async () => {
    stored = recorded;
    refusing = [];
    server = await ScriptedApiServer.start((request, response) => {
      const refuse = request.method === 'PATCH' ? refusing.shift() : undefined;
      if (refuse) {
        refuse(response);
      } else {
        const written = structuredClone(stored);
        if (request.method === 'PATCH') {
          written.metadata.generation = 2;
          written.metadata.resourceVersion = '588';
        }
        answer(response, 200, written);
      }
    });
    driver = KubernetesDeployDriver.create({
      sources: [server.source('real')],
      settleMs: 0,
    });
  });

  afterEach(async () => {
    await driver.close();
    await server.stop();
  });

  it('reads, then writes one image as one field manager', async () => {
    await expect(driver.apply(change)).resolves.toEqual({
      resourceVersion: '588',
      uid,
      generation: 2,
      previousImage: '127.0.0.1:5000/web:v1',
    });
    const [write] = writes();
    expect(Object.fromEntries(write.query)).toEqual({
      fieldManager: 'backstage-image-registry',
    });
    expect(write.body).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace,
        uid,
        resourceVersion,
        annotations: { [ROLLOUT_SEQUENCE_ANNOTATION]: 'web=12' },
      },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'web', image: '127.0.0.1:5000/web:v2' }],
          },
        },
      },
    });
  });

  it('tells who owns the field and since when, and forces when told to', async () => {
    refusing = [refusal(/conflict with "kubectl-client-side-apply"/)];
    await expect(driver.apply(change)).rejects.toMatchObject({
      code: 'field-conflict',
      owners: [
        {
          manager: 'kubectl-client-side-apply',
          operation: 'Update',
          time: expect.stringMatching(/^2026-11-21T/),
        },
      ],
    });
    await driver.apply({ ...change, force: true });
    expect(writes().map(({ query }) => query.get('force'))).toEqual([
      null,
      'true',
    ]);
  });

  const failing = (status: number) => (response: ServerResponse) =>
    answer(response, status, { kind: 'Status', message: 'Not now' });

  it.each<[string, (response: ServerResponse) => void, boolean]>([
    ['is turned away', failing(429), true],
    ['changes in between', failing(409), true],
    ['meets an error of the server', failing(500), false],
    ['times out at a gateway', failing(504), false],
    ['is cut off', response => response.destroy(), false],
  ])(
    'knows whether a write that %s may have changed something',
    async (_, refuse, unwritten) => {
      refusing = [refuse];
      await expect(
        driver.apply({ ...change, resourceVersion }),
      ).rejects.toMatchObject({ transient: true, unwritten });
    },
  );

  it('has written nothing when it could not read', async () => {
    server.script = (_, response) => failing(500)(response);
    await expect(driver.apply(change)).rejects.toMatchObject({
      code: 'server-error',
      unwritten: true,
    });
    await server.stop();
    await expect(driver.apply(change)).rejects.toMatchObject({
      code: 'cluster-unreachable',
      unwritten: true,
    });
  });

  it('does not write what a newer rollout has written', async () => {
    annotate('web=13');
    await expect(driver.apply(change)).rejects.toMatchObject({
      code: 'superseded',
    });
    expect(writes()).toEqual([]);
  });

  it('is not refused by what no rollout of this portal has written', async () => {
    annotate('web=13');
    await driver.apply({ ...change, lastSequence: 12, resourceVersion });
    const [{ body }] = writes();
    expect(body).toMatchObject({
      metadata: { annotations: { [ROLLOUT_SEQUENCE_ANNOTATION]: 'web=12' } },
    });
    await expect(
      driver.apply({ ...change, lastSequence: 13, resourceVersion }),
    ).rejects.toMatchObject({ code: 'superseded' });
  });

  it('is not refused by a newer rollout of another container', async () => {
    annotate('proxy=13,web=11');
    await driver.apply(change);
    expect(writes()).toHaveLength(1);
  });

  it('writes nothing when this rollout has written already', async () => {
    annotate('web=12', change.image);
    await expect(
      driver.apply({ ...change, resourceVersion: 'from before the write' }),
    ).resolves.toEqual({
      resourceVersion,
      uid,
      generation: recorded.metadata.generation,
    });
    expect(writes()).toEqual([]);
  });

  it('does not write a workload that changed since it was read', async () => {
    await expect(
      driver.apply({ ...change, resourceVersion: '1' }),
    ).rejects.toMatchObject({ code: 'stale', transient: true });
    expect(writes()).toEqual([]);
  });

  it('reads again when a status update came in between', async () => {
    refusing = [refusal(/the object has been modified/)];
    await driver.apply(change);
    expect(writes()).toHaveLength(2);
  });

  it('leaves that to the caller who said which version', async () => {
    refusing = [refusal(/the object has been modified/)];
    await expect(
      driver.apply({ ...change, resourceVersion }),
    ).rejects.toMatchObject({ code: 'stale' });
    expect(writes()).toHaveLength(1);
  });

  it.each([
    ['another uid', { uid: 'other' }, 'not the one that was chosen'],
    [
      'no such container',
      { target: { ...change.target, container: 'proxy' } },
      'has no container "proxy"',
    ],
  ])('refuses a workload with %s', async (_, different, words) => {
    await expect(
      driver.apply({ ...change, ...different }),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(words),
    });
    expect(writes()).toEqual([]);
  });

  it('refuses a cluster that nobody configured', async () => {
    await expect(
      driver.apply({ ...change, target: { ...change.target, cluster: 'x' } }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('shows the conflict and the change from two dry runs', async () => {
    refusing = [refusal(/conflict with "kubectl-client-side-apply"/)];
    const before = structuredClone(stored);
    server.script = (request, response) => {
      if (request.method === 'GET') {
        answer(response, 200, before);
        return;
      }
      const refuse = refusing.shift();
      if (refuse) {
        refuse(response);
        return;
      }
      annotate('web=12', change.image);
      answer(response, 200, stored);
    };
    const diff = await driver.diff(change);
    expect(diff.conflicts).toMatchObject([
      { manager: 'kubectl-client-side-apply' },
    ]);
    expect(diff.changes).toContainEqual({
      path: 'spec.template.spec.containers[name=web].image',
      from: '127.0.0.1:5000/web:v1',
      to: '127.0.0.1:5000/web:v2',
    });
    expect(diff).toMatchObject({ resourceVersion, unchanged: false });
    expect(
      writes().map(({ query }) => [query.get('dryRun'), query.get('force')]),
    ).toEqual([
      ['All', null],
      ['All', 'true'],
    ]);
  });
});
