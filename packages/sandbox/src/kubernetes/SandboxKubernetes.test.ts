import { SandboxKubernetes, startSandboxKubernetes } from './SandboxKubernetes';
import { Deployment, JsonObject } from './objects';
import { TestClient, until } from './testing/TestClient';
import { IMAGE, deploymentOf, imagePatch } from './testing/manifests';
import { createCertificateAuthority } from './tls/certificates';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

describe('startSandboxKubernetes', () => {
  let kubernetes: SandboxKubernetes;
  let client: TestClient;

  beforeEach(async () => {
    kubernetes = await startSandboxKubernetes({
      speed: 100,
      workloads: [
        {
          fieldManager: 'helm',
          object: {
            ...deploymentOf('web', { replicas: 2 }),
            metadata: { name: 'web', namespace: 'default' },
          },
        },
      ],
    });
    client = TestClient.create(kubernetes);
    await until('web runs', () => webStatus().availableReplicas === 2);
  });

  afterEach(() => kubernetes.stop());

  function web(): Deployment {
    return kubernetes.get(
      'Deployment',
      'default',
      'web',
    ) as unknown as Deployment;
  }

  function webStatus(): Deployment['status'] {
    return web()?.status ?? {};
  }

  function applyImage(tag: string, query?: string) {
    return client.apply(
      `${DEPLOYMENTS}/web`,
      imagePatch('Deployment', 'web', `${IMAGE}:${tag}`),
      query,
    );
  }

  it('keeps its authority over a restart', async () => {
    const authority = await createCertificateAuthority();
    const first = await startSandboxKubernetes({ authority });
    await first.stop();
    const second = await startSandboxKubernetes({ authority });
    const answer = await TestClient.create({
      ...second,
      caCertificate: first.caCertificate,
    }).get('/version');
    await second.stop();
    expect(answer.status).toBe(200);
  });

  it('refuses an authority whose key is another one’s', async () => {
    const [one, other] = await Promise.all([
      createCertificateAuthority(),
      createCertificateAuthority(),
    ]);
    await expect(
      startSandboxKubernetes({
        authority: { ca: one.ca, caKey: other.caKey },
      }),
    ).rejects.toThrow('does not belong');
  });

  it.each([
    ['an unknown token', 'GET', DEPLOYMENTS, 'nonsense', 401],
    ['a reader that reads', 'GET', DEPLOYMENTS, 'sandbox-read-token', 200],
    [
      'a reader that writes',
      'DELETE',
      `${DEPLOYMENTS}/web`,
      'sandbox-read-token',
      403,
    ],
    [
      'a deployer that deletes',
      'DELETE',
      `${DEPLOYMENTS}/web`,
      'sandbox-deploy-token',
      403,
    ],
    ['endpoints', 'GET', '/api/v1/endpoints', 'sandbox-admin-token', 501],
    [
      'network policies',
      'GET',
      '/apis/networking.k8s.io/v1/networkpolicies',
      'sandbox-admin-token',
      501,
    ],
    [
      'a resource that is not installed',
      'GET',
      '/apis/argoproj.io/v1alpha1/rollouts',
      'sandbox-admin-token',
      404,
    ],
  ])('answers %s', async (_what, method, path, token, status) => {
    const answer = await client.call({ method, path, token });
    expect(answer.status).toBe(status);
  });

  it('changes nothing by a dry run or by the same apply again', async () => {
    const before = web().metadata;
    const dry = await applyImage('v2', 'fieldManager=x&force=true&dryRun=All');
    expect(dry.status).toBe(200);
    expect((dry.body as Deployment).metadata.generation).toBe(2);
    expect(web().metadata).toEqual(before);

    await applyImage('v1', 'fieldManager=x');
    const { resourceVersion } = web().metadata;
    const again = await applyImage('v1', 'fieldManager=x');
    expect((again.body as Deployment).metadata.resourceVersion).toBe(
      resourceVersion,
    );
  });

  it('records writes in order with who made them and what came of it', async () => {
    await applyImage('v2', 'fieldManager=portal');
    await applyImage('v3');
    await client.get(DEPLOYMENTS);
    expect(
      kubernetes.writes
        .list()
        .map(({ sequence, method, token, answer }) => [
          sequence,
          method,
          token,
          answer,
        ]),
    ).toEqual([
      [1, 'PATCH', 'admin', 409],
      [2, 'PATCH', 'admin', 200],
    ]);
  });

  it('answers faults as often as it is told', async () => {
    const path = `^${DEPLOYMENTS}$`;
    kubernetes.faults.set({
      effect: { kind: 'status', code: 429, retryAfterSeconds: 7 },
      path,
      count: 1,
    });
    const limited = await client.get(DEPLOYMENTS);
    expect(limited.status).toBe(429);
    expect(limited.headers['retry-after']).toBe('7');
    expect((await client.get(DEPLOYMENTS)).status).toBe(200);

    const outage = kubernetes.faults.set({ effect: { kind: 'outage' } });
    await expect(client.get(DEPLOYMENTS)).rejects.toThrow();
    kubernetes.faults.clear(outage);
    expect((await client.get(DEPLOYMENTS)).status).toBe(200);
  });

  it('serves a write and keeps the answer to itself', async () => {
    kubernetes.faults.set({
      effect: { kind: 'lost-answer' },
      methods: ['PATCH'],
      count: 1,
    });
    await expect(
      applyImage('v2', 'fieldManager=x&force=true'),
    ).rejects.toThrow();
    const { containers } = web().spec.template.spec;
    expect(containers[0].image).toBe(`${IMAGE}:v2`);
    expect((await applyImage('v3', 'fieldManager=x&force=true')).status).toBe(
      200,
    );
  });

  it('ends open watches with 410 or without a word', async () => {
    const expiring = await client.watch(`${DEPLOYMENTS}?watch=1`);
    kubernetes.faults.set({ effect: { kind: 'expire-watch' } });
    await expiring.ended;
    expect(expiring.events.pop()).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
    kubernetes.faults.clear();

    const dropped = await client.watch(`${DEPLOYMENTS}?watch=1`);
    const other = await client.watch('/api/v1/namespaces?watch=1');
    const late = kubernetes.faults.set({
      effect: { kind: 'latency', milliseconds: 100 },
      path: '/version',
    });
    const version = client.get('/version');
    await until('it is under way', () =>
      kubernetes.faults.list().some(({ id, hits }) => id === late && hits > 0),
    );
    kubernetes.faults.set({
      effect: { kind: 'drop-watch' },
      path: '/deployments',
      count: 1,
    });
    await dropped.ended;
    // Only watches are cut, and only those that the path names.
    expect((await version).status).toBe(200);
    const seen = other.events.length;
    await client.call({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'new' } },
    });
    await until('it goes on', () => other.events.length > seen);
    other.close();
    expect(dropped.events.every(event => event.type === 'ADDED')).toBe(true);
  });

  it('says within the stream that a revision is too old (07e)', async () => {
    kubernetes.compact();
    const watch = await client.watch(
      `${DEPLOYMENTS}?watch=1&resourceVersion=1`,
    );
    await watch.ended;
    expect(watch.events).toEqual([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: expect.stringMatching(
            /^too old resource version: 1 \(\d+\)$/,
          ),
          reason: 'Expired',
          code: 410,
        },
      },
    ]);
  });

  it('streams the present state and marks its end (02-watch-list)', async () => {
    const watch = await client.watch(
      `${DEPLOYMENTS}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1`,
    );
    await watch.ended;
    expect(watch.events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(watch.events[1].object).toEqual({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: {
        resourceVersion: expect.any(String),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      },
      spec: {
        replicas: 0,
        selector: null,
        template: { metadata: {}, spec: { containers: null } },
        strategy: {},
      },
      status: {},
    });
  });

  it('fails by the tag although a digest decides what is pulled', async () => {
    await applyImage(`v2-broken@sha256:${'b'.repeat(64)}`);
    await until('the pull fails', () =>
      kubernetes
        .list('Pod', 'default')
        .some(pod => JSON.stringify(pod.status).includes('ErrImagePull')),
    );
    expect(webStatus().availableReplicas).toBe(2);
  });

  it('takes long with -slow, scales, and removes what belonged to it', async () => {
    await applyImage('v2-slow');
    await until('a new pod runs unready', () =>
      kubernetes
        .list('Event', 'default')
        .some(event => event.reason === 'Unhealthy'),
    );
    expect(webStatus().availableReplicas).toBe(2);
    await until(
      'the slow image is rolled out',
      () => webStatus().updatedReplicas === 2 && webStatus().replicas === 2,
    );
    await client.call({
      method: 'PATCH',
      path: `${DEPLOYMENTS}/web/scale`,
      contentType: 'application/merge-patch+json',
      body: { spec: { replicas: 0 } },
    });
    await until('no pod is left', () => webStatus().replicas === undefined);

    await client.call({ method: 'DELETE', path: `${DEPLOYMENTS}/web` });
    await until(
      'nothing is left',
      () => kubernetes.list('ReplicaSet', 'default').length === 0,
    );
  });

  it('gives the newest revision to a template that came back (09)', async () => {
    await applyImage('v2');
    await until('v2 runs', () => webStatus().updatedReplicas === 2);
    await applyImage('v1');
    const revisions = () =>
      kubernetes
        .list('ReplicaSet', 'default')
        .map(set => [
          set.metadata.annotations?.['deployment.kubernetes.io/revision'],
          (set.spec as JsonObject).replicas,
        ])
        .sort();
    await until(
      'v1 runs again',
      () =>
        webStatus().observedGeneration === web().metadata.generation &&
        webStatus().updatedReplicas === 2 &&
        webStatus().replicas === 2,
    );
    expect(revisions()).toEqual([
      ['2', 0],
      ['3', 2],
    ]);
  });
});
