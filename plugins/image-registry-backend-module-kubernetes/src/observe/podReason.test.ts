import { readFixture } from '../testing/replay';
import { PodObject } from '../workloads/objects';
import { podReason } from './podReason';

const { pods } = readFixture<{ pods: PodObject[] }>('failing-pods');

function recorded(name: string): PodObject {
  const pod = pods.find(({ metadata }) => metadata.name === name);
  if (!pod) {
    throw new Error(`No pod ${name} was recorded`);
  }
  return pod;
}

describe('podReason', () => {
  it.each([
    ['norepo', 'image-not-found', true],
    ['digest', 'image-not-found', true],
    ['badname', 'image-name-invalid', true],
    ['noregistry', 'registry-unreachable', false],
    ['nohost', 'registry-unreachable', false],
    ['never', 'image-pull-failed', false],
    ['nosecret', 'configuration-missing', false],
    ['oom', 'out-of-memory', false],
    ['hugecpu', 'unschedulable', false],
    ['arm64', 'unschedulable', false],
    ['nopvc', 'unschedulable', false],
  ])('tells of pod %s that it is %s', (name, code, definitive) => {
    const found = podReason(recorded(name), 'web');
    expect(found?.reason.code).toBe(code);
    expect(found?.definitive).toBe(definitive);
  });

  it("keeps the registry's and the scheduler's words", () => {
    expect(podReason(recorded('norepo'), 'web')?.reason.message).toContain(
      'not found',
    );
    expect(podReason(recorded('hugecpu'), 'web')?.reason.message).toContain(
      'Insufficient cpu',
    );
    expect(podReason(recorded('nosecret'), 'web')?.reason.message).toContain(
      'secret "absent" not found',
    );
  });

  it('names the secret that is missing, and the container', () => {
    expect(podReason(recorded('nosecret'), 'web')?.reason.params).toMatchObject(
      {
        pod: 'nosecret',
        container: 'web',
        kind: 'Secret',
        name: 'absent',
        key: '',
      },
    );
  });

  it('calls a program of another architecture what it is', () => {
    const pod = structuredClone(recorded('nocmd'));
    const [status] = pod.status?.containerStatuses ?? [];
    const { terminated } = status.lastState ?? {};
    if (terminated) {
      terminated.message = 'exec /server: exec format error';
    }
    expect(podReason(pod, 'web')).toMatchObject({
      reason: { code: 'image-platform-mismatch' },
      definitive: true,
    });
  });

  it.each([
    [2, false],
    [3, true],
  ])(
    'after %i restarts a crash loop is definitive: %s',
    (restarts, expected) => {
      const pod = structuredClone(recorded('nocmd'));
      const [status] = pod.status?.containerStatuses ?? [];
      expect(status.state?.waiting?.reason).toBe('CrashLoopBackOff');
      status.restartCount = restarts;
      expect(podReason(pod, 'web')).toMatchObject({
        definitive: expected,
        reason: { code: 'crash-looping' },
      });
    },
  );
});
