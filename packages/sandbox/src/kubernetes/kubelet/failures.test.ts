import {
  SandboxKubernetes,
  startSandboxKubernetes,
} from '../SandboxKubernetes';
import { JsonObject, Pod } from '../objects';
import { until } from '../testing/TestClient';
import { IMAGE, templateOf } from '../testing/manifests';

describe('containers that do not come up', () => {
  let kubernetes: SandboxKubernetes;

  const start = async (image: string, container: JsonObject = {}) => {
    const template = templateOf('web', { image });
    const spec = template.spec as { containers: JsonObject[] };
    const [first] = spec.containers;
    kubernetes = await startSandboxKubernetes({
      speed: 100,
      workloads: [
        {
          fieldManager: 'helm',
          object: {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'web', namespace: 'default' },
            spec: { containers: [{ ...first, ...container }] },
          },
        },
      ],
    });
  };
  const state = () =>
    (kubernetes.get('Pod', 'default', 'web') as unknown as Pod).status
      .containerStatuses?.[0];
  const waitsFor = (reason: string) =>
    until(`it says ${reason}`, () => state()?.state.waiting?.reason === reason);
  const plantSecret = (data: JsonObject) =>
    kubernetes.seed([
      {
        fieldManager: 'admin',
        object: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'database', namespace: 'default' },
          data,
        },
      },
    ]);
  const env = [
    {
      name: 'PASSWORD',
      valueFrom: { secretKeyRef: { name: 'database', key: 'password' } },
    },
  ];

  afterEach(() => kubernetes.stop());

  it('wait for a secret until it is there', async () => {
    await start(`${IMAGE}:v1`, { env });
    await waitsFor('CreateContainerConfigError');
    expect(state()?.state.waiting?.message).toBe('secret "database" not found');
    plantSecret({ password: 'ZHVtbXk=' });
    await until('it runs', () => state()?.ready === true);
  });

  it('wait for the key of a secret', async () => {
    await start(`${IMAGE}:v1`, { env });
    plantSecret({ other: 'ZHVtbXk=' });
    await waitsFor('CreateContainerConfigError');
    await until('the secret is there', () =>
      /key/.test(state()?.state.waiting?.message ?? ''),
    );
    expect(state()?.state.waiting?.message).toBe(
      "couldn't find key password in Secret default/database",
    );
  });

  it('are killed when they are out of memory', async () => {
    await start(`${IMAGE}:v1-oom`);
    await waitsFor('CrashLoopBackOff');
    expect(state()?.lastState.terminated).toMatchObject({
      reason: 'OOMKilled',
      exitCode: 137,
    });
  });

  it('are never ready while their probe fails', async () => {
    await start(`${IMAGE}:v1-unready`);
    const failures = () =>
      kubernetes
        .list('Event', 'default')
        .find(({ reason }) => reason === 'Unhealthy');
    await until('it was probed twice', () => Number(failures()?.count) > 1);
    expect(state()).toMatchObject({ ready: false, restartCount: 0 });
  });
});
