import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import {
  EVIDENCE_LIMIT_BYTES,
  RolloutEvidence,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';
import { SandboxKubernetes, SandboxKubernetesOptions } from '@slipway/sandbox';
import { KubernetesDeployDriver } from '../KubernetesDeployDriver';
import { collect, sourceOf, startCluster } from '../testing/sandboxCluster';
import { manifestOf } from '../behaviour/manifests';

const images = {
  first: 'registry.example/cart:v1',
  second: 'registry.example/cart:v2',
  missing: 'registry.example/cart:v3-broken',
};
const target: TargetRef = {
  cluster: 'sandbox',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
  container: 'web',
};

describe('what a rollout waits for or fails at', () => {
  let sandbox: SandboxKubernetes;
  let driver: KubernetesDeployDriver;
  let sequence = 0;

  const start = async (
    options: SandboxKubernetesOptions = {},
    spec: object = {},
    pod: object = {},
  ) => {
    const object = manifestOf('Deployment', 'cart', images, {
      spec,
      pod,
      metadata: { namespace: 'shop' },
    });
    sandbox = await startCluster(
      // Seeds are plain JSON.
      [{ fieldManager: 'helm', object: JSON.parse(JSON.stringify(object)) }],
      { speed: 50, ...options },
    );
    driver = KubernetesDeployDriver.create({
      sources: [sourceOf(sandbox, 'sandbox')],
      settleMs: 20,
    });
  };
  const observe = async (image: string) => {
    const change = { target, image, sequence: (sequence += 1), force: true };
    const applied = await driver.apply(change);
    const watch = {
      target,
      image,
      generation: applied.generation,
      uid: applied.uid,
    };
    return driver.observe(watch, AbortSignal.timeout(20_000));
  };
  const untilReason = async (
    observations: AsyncIterable<RolloutObservation>,
    code: string,
  ): Promise<RolloutObservation> => {
    for await (const observation of observations) {
      if (observation.reason?.code === code) {
        return observation;
      }
    }
    throw new Error(`It ended without ${code}`);
  };
  const probed = {
    containers: [
      {
        name: 'web',
        image: images.first,
        readinessProbe: { httpGet: { path: '/', port: 8080 } },
      },
    ],
  };

  afterEach(async () => {
    await driver.close();
    await sandbox.stop();
  });

  it('waits for a registry that scans, beyond the deadline of the workload', async () => {
    let scanning = true;
    await start(
      {
        resolveImage: image =>
          scanning && image === images.second
            ? {
                refused:
                  'unexpected status from HEAD request to https://registry.example/v2/cart/manifests/v2: 412 Precondition Failed',
              }
            : 'exists',
      },
      { progressDeadlineSeconds: 5, replicas: 1 },
    );
    const seen: RolloutObservation[] = [];
    for await (const observation of await observe(images.second)) {
      seen.push(observation);
      const deployment = JSON.stringify(
        sandbox.get('Deployment', 'shop', 'cart')?.status,
      );
      if (deployment.includes('ProgressDeadlineExceeded')) {
        scanning = false;
      }
    }
    expect(scanning).toBe(false);
    expect(seen.map(({ reason }) => reason?.code)).toContain(
      'registry-refuses-for-now',
    );
    const refused = seen.find(
      ({ reason }) => reason?.code === 'registry-refuses-for-now',
    );
    expect(refused).toMatchObject({
      phase: 'progressing',
      reason: { params: { cause: 'held-back', container: 'web' } },
    });
    expect(seen[seen.length - 1].phase).toBe('complete');
  });

  it('goes on in a soak after it is complete, and gives evidence when asked', async () => {
    await start({}, { replicas: 1 });
    const change = { target, image: images.second, sequence: 50, force: true };
    const { generation, uid } = await driver.apply(change);
    const watch = { target, image: images.second, generation, uid };
    const stop = new AbortController();
    const seen: Array<[phase: string, replicas: number]> = [];
    let evidence: RolloutEvidence | undefined;
    const watched = async () => {
      const observations = driver.observe(
        { ...watch, soak: true },
        stop.signal,
      );
      for await (const { phase, replicas, pods } of observations) {
        seen.push([phase, replicas]);
        if (phase === 'complete' && replicas === 1) {
          await driver.scale(target, 2);
        } else if (phase === 'complete') {
          evidence = await driver.evidence(watch, [
            { ...pods[0], restarts: 3 },
          ]);
          stop.abort();
        }
      }
    };
    await expect(watched()).rejects.toThrow(/abort/i);
    expect(seen).toContainEqual(['complete', 1]);
    expect(seen.at(-1)).toEqual(['complete', 2]);
    expect(evidence?.logs.length).toBeGreaterThan(0);
  });

  it('fails at a missing image, with evidence within its limit', async () => {
    await start({}, { replicas: 1 });
    const seen = await collect(await observe(images.missing));
    const end = seen[seen.length - 1];
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'image-not-found' },
      evidence: { truncated: false },
    });
    expect(Buffer.byteLength(JSON.stringify(end.evidence))).toBeLessThan(
      EVIDENCE_LIMIT_BYTES,
    );
  });

  it('names the probe that fails', async () => {
    await start({}, { replicas: 1 }, probed);
    const observations = await observe('registry.example/cart:v2-unready');
    const { phase, reason } = await untilReason(observations, 'probe-failing');
    expect(phase).toBe('progressing');
    expect(reason?.params).toMatchObject({
      probe: 'readiness',
      detail: expect.stringContaining('503'),
    });
  });

  it('names the secret that is missing', async () => {
    await start(
      {},
      { replicas: 1 },
      {
        containers: [
          {
            name: 'web',
            image: images.first,
            env: [
              {
                name: 'PASSWORD',
                valueFrom: { secretKeyRef: { name: 'database', key: 'word' } },
              },
            ],
          },
        ],
      },
    );
    const { reason } = await untilReason(
      await observe(images.second),
      'configuration-missing',
    );
    expect(reason?.params).toMatchObject({
      kind: 'Secret',
      name: 'database',
      container: 'web',
    });
  });

  it('says that the memory did not suffice', async () => {
    await start({}, { replicas: 1 }, probed);
    const seen = await collect(await observe('registry.example/cart:v2-oom'));
    const end = seen[seen.length - 1];
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'out-of-memory' },
    });
    expect(end.evidence?.logs.some(({ previous }) => previous)).toBe(true);
    expect(end.evidence?.events.map(({ reason }) => reason)).toContain(
      'BackOff',
    );
  });

  it('follows a failing init container and keeps its log', async () => {
    await start(
      {},
      { replicas: 1 },
      { initContainers: [{ name: 'migrate', image: images.first }] },
    );
    const init = { ...target, container: 'migrate' };
    expect((await driver.getTarget(init)).init).toBe(true);
    const image = 'registry.example/cart:v2-crash';
    const change = { target: init, image, sequence: 99, force: true };
    const { generation, uid } = await driver.apply(change);
    const seen = await collect(
      driver.observe(
        { target: init, image, generation, uid },
        AbortSignal.timeout(20_000),
      ),
    );
    const end = seen[seen.length - 1];
    expect(end).toMatchObject({
      phase: 'failed',
      reason: { code: 'crash-looping', params: { container: 'migrate' } },
    });
    expect(end.evidence?.logs.map(({ container }) => container)).toContain(
      'migrate',
    );
  });
});
