import { EventObject } from '../events/EventObject';
import { readFixture } from '../testing/replay';
import { PodObject, WorkloadObject } from '../workloads/objects';
import { podReason } from './podReason';
import { refusalReason, warningReason, withProbe } from './warningReasons';

const { pods } = readFixture<{ pods: PodObject[] }>('failing-pods');
const [pod] = pods;

let count = 0;
function event(
  uid: string,
  reason: string,
  message: string,
  lastTimestamp: string = '2026-11-21T07:17:00Z',
): EventObject {
  count += 1;
  return {
    metadata: {
      name: `event-${count}`,
      namespace: 'shop',
      uid: `${count}`,
      resourceVersion: `${count}`,
    },
    involvedObject: { kind: 'Pod', uid },
    type: 'Warning',
    reason,
    message,
    lastTimestamp,
  };
}

const { uid } = pod.metadata;

describe('warningReason', () => {
  it.each([
    // The kubelet's words, as recorded for 04-oom-probes-init and from its sources.
    [
      'Unhealthy',
      'Readiness probe failed: HTTP probe failed with statuscode: 404',
      { code: 'probe-failing', params: { probe: 'readiness' } },
    ],
    [
      'Unhealthy',
      'Startup probe failed: dial tcp 10.0.0.1:80: connect: connection refused',
      { code: 'probe-failing', params: { probe: 'startup' } },
    ],
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
      {
        code: 'configuration-missing',
        params: { kind: 'ConfigMap', name: 'settings' },
      },
    ],
    [
      'FailedAttachVolume',
      'Multi-Attach error for volume "pvc-1"',
      { code: 'volume-not-ready', params: { reason: 'FailedAttachVolume' } },
    ],
  ])('reads %s: %s', (reason, message, expected) => {
    expect(warningReason(pod, [event(uid, reason, message)])).toMatchObject(
      expected,
    );
  });

  it('takes the newest, and only those about this pod', () => {
    const events = [
      event(
        uid,
        'Unhealthy',
        'Readiness probe failed: old',
        '2026-01-01T00:00:00Z',
      ),
      event(
        uid,
        'Unhealthy',
        'Readiness probe failed: new',
        '2026-01-01T00:00:09Z',
      ),
      event('other', 'FailedMount', 'x', '2026-01-02T00:00:00Z'),
      event(uid, 'BackOff', 'y', '2026-01-02T00:00:00Z'),
    ];
    expect(warningReason(pod, events)?.message).toContain('new');
    expect(warningReason(pod, [events[2], events[3]])).toBeUndefined();
  });
});

describe('withProbe', () => {
  const crash = { code: 'crash-looping', message: 'Pod x: exit code 137' };

  it('blames the liveness probe that kills a container', () => {
    const events = [event(uid, 'Unhealthy', 'Liveness probe failed: timeout')];
    expect(withProbe(crash, pod, events)).toMatchObject({
      code: 'probe-failing',
      params: { probe: 'liveness' },
    });
  });

  it('does not blame a readiness probe, which kills nothing', () => {
    const events = [event(uid, 'Unhealthy', 'Readiness probe failed: 404')];
    expect(withProbe(crash, pod, events)).toBe(crash);
  });

  it('leaves other troubles as they are', () => {
    const events = [event(uid, 'Unhealthy', 'Liveness probe failed: timeout')];
    const found = pods
      .map(candidate => podReason(candidate, 'web')?.reason)
      .find(reason => reason?.code === 'unschedulable');
    expect(found && withProbe(found, pod, events)).toBe(found);
    expect(found).toBeDefined();
  });
});

describe('refusalReason', () => {
  const { workloads } = readFixture<{
    workloads: Array<{ object: WorkloadObject }>;
  }>('workloads');
  const [{ object }] = workloads;

  it("tells the API server's words for a pod that it does not take", () => {
    const message =
      'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1';
    const about = event(object.metadata.uid, 'FailedCreate', message);
    expect(refusalReason(object, [about])).toMatchObject({
      code: 'pods-refused',
      params: { detail: message },
    });
    expect(refusalReason(object, [event('x', 'FailedCreate', message)])).toBe(
      undefined,
    );
  });
});
