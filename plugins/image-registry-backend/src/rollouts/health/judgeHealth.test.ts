import {
  HealthRule,
  WorkloadKind,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  OLD_POD_KEPT,
  REGISTRY_REFUSES_FOR_NOW,
  RolloutObservation,
} from '@slipway/backstage-plugin-image-registry-node';
import { beginHealth, HealthRecord, withLook } from './HealthRecord';
import {
  HealthVerdict,
  judgeHealth,
  REFUSED_LIMIT_MS,
  STANDSTILL_MS,
} from './judgeHealth';

const START = 1_795_000_000_000;
const MINUTE = 60_000;

type Seen = Partial<RolloutObservation> & { restarts?: number };

/** A look at three pods, as it is `atMs` after the beginning. */
type Look = [atMs: number, seen: Seen];

const complete: Seen = { phase: 'complete' };
const starting: Seen = {
  phase: 'progressing',
  readyReplicas: 1,
  reason: { code: 'replicas-not-ready', message: '1 of 3 pods are ready.' },
};
const refused: Seen = {
  ...starting,
  reason: {
    code: REGISTRY_REFUSES_FOR_NOW,
    message: 'The registry holds the image back for now.',
    params: { cause: 'held-back' },
  },
};
const silent: Seen = {
  phase: 'progressing',
  reason: { code: 'cluster-unreachable', message: 'No route to host' },
};

function observationOf({ restarts = 0, ...seen }: Seen): RolloutObservation {
  return {
    phase: 'progressing',
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    pods: [
      { name: 'web-1', phase: 'Running', ready: true, restarts, current: true },
      {
        name: 'old-1',
        phase: 'Running',
        ready: true,
        restarts: 50,
        current: false,
      },
    ],
    ...seen,
  };
}

/** The verdict after the last of some looks. */
function judge(
  rule: HealthRule,
  looks: Look[],
  options: { kind?: WorkloadKind; samePods?: boolean } = {},
): HealthVerdict & { record: HealthRecord } {
  const { kind = 'Deployment', samePods = false } = options;
  let record = beginHealth(START);
  let verdict: HealthVerdict | undefined;
  for (const [atMs, seen] of looks) {
    const now = START + atMs;
    const observation = observationOf(seen);
    // As it is after a restart of the portal: from the row.
    record = JSON.parse(
      JSON.stringify(withLook(record, observation, now, samePods)),
    );
    verdict = judgeHealth({ kind, rule, record, observation, now });
  }
  return { ...verdict!, record };
}

describe('judgeHealth', () => {
  it('believes the driver where no rule asks for more', () => {
    expect(judge({}, [[0, complete]])).toMatchObject({
      result: 'healthy',
      proven: true,
    });
    const reason = { code: 'image-not-found', message: 'No such image' };
    expect(judge({}, [[0, { phase: 'failed', reason }]])).toMatchObject({
      result: 'failed',
      imageFailed: true,
      reason,
    });
  });

  it.each(['replaced', 'gone'] as const)('says that it is %s', phase => {
    expect(judge({ soakMs: 1000 }, [[0, { phase }]])).toMatchObject({
      result: 'departed',
    });
  });

  describe('soak', () => {
    const rule = { soakMs: 5 * MINUTE };

    it('watches for so long, and tells until when', () => {
      expect(judge(rule, [[MINUTE, complete]])).toMatchObject({
        result: 'goes-on',
        againInMs: 5 * MINUTE,
        reason: {
          code: 'soaking',
          params: {
            span: '5 min',
            until: new Date(START + 6 * MINUTE).toISOString(),
          },
        },
      });
      expect(
        judge(rule, [
          [MINUTE, complete],
          [6 * MINUTE, complete],
        ]),
      ).toMatchObject({ result: 'healthy', proven: true });
    });

    it('begins anew when pods are lost', () => {
      const lost: Look[] = [
        [0, complete],
        [4 * MINUTE, { ...starting, readyReplicas: 2 }],
        [5 * MINUTE, complete],
      ];
      expect(judge(rule, [...lost, [6 * MINUTE, complete]])).toMatchObject({
        result: 'goes-on',
        againInMs: 4 * MINUTE,
      });
      expect(judge(rule, [...lost, [10 * MINUTE, complete]])).toMatchObject({
        result: 'healthy',
      });
    });

    it('is not disturbed by a workload that is scaled', () => {
      const up: Seen = { ...starting, replicas: 5, readyReplicas: 3 };
      expect(
        judge(rule, [
          [0, complete],
          [4 * MINUTE, up],
          [5 * MINUTE, up],
        ]),
      ).toMatchObject({ result: 'healthy' });
      const down: Seen = { ...complete, replicas: 1, updatedReplicas: 1 };
      expect(
        judge(rule, [
          [0, complete],
          [4 * MINUTE, { ...down, readyReplicas: 1 }],
          [5 * MINUTE, { ...down, readyReplicas: 1 }],
        ]),
      ).toMatchObject({ result: 'healthy' });
    });

    it('does not pass while the cluster tells nothing', () => {
      expect(
        judge(rule, [
          [0, complete],
          [MINUTE, silent],
          [9 * MINUTE, complete],
        ]),
      ).toMatchObject({ result: 'goes-on', againInMs: 4 * MINUTE });
    });

    it('does not last for ever when pods come and go', () => {
      const flapping = Array.from({ length: 14 }, (_, turn): Look[] => [
        [turn * 2 * MINUTE, complete],
        [turn * 2 * MINUTE + MINUTE, starting],
      ]).flat();
      const deadline = { ...rule, deadlineMs: 10 * MINUTE };
      expect(judge(deadline, flapping.slice(0, 24))).toMatchObject({
        result: 'goes-on',
      });
      expect(judge(deadline, flapping)).toMatchObject({
        result: 'failed',
        imageFailed: true,
        reason: { code: 'never-stayed-healthy' },
      });
    });

    it.each([
      ['a stopped workload', { phase: 'stopped', replicas: 0 }, false],
      [
        'pods that are replaced by hand',
        { ...complete, updatedReplicas: 0 },
        false,
      ],
      ['a CronJob', { ...complete, replicas: 0, updatedReplicas: 0 }, true],
    ] as const)('is not waited for with %s', (_, seen, proven) => {
      expect(judge(rule, [[0, seen]])).toMatchObject({
        result: 'healthy',
        proven,
      });
    });
  });

  describe('restart budget', () => {
    it.each([
      [{ restartBudget: 2 }, 2, 'healthy'],
      [{ restartBudget: 2 }, 3, 'failed'],
      [{ restartBudget: 0 }, 1, 'failed'],
      [{}, 100, 'healthy'],
    ])('of %j with %d restarts: %s', (rule, restarts, result) => {
      const looks: Look[] = [
        [0, starting],
        [1000, { ...complete, restarts }],
      ];
      expect(judge(rule, looks)).toMatchObject({
        result,
        ...(result === 'failed' && {
          reason: { code: 'restart-budget-exceeded', params: { pod: 'web-1' } },
        }),
      });
    });

    it('remembers pods that are gone, and ends the soak', () => {
      const rule = { restartBudget: 3, soakMs: MINUTE };
      const pods = (name: string, restarts: number) => ({
        ...complete,
        pods: [{ name, phase: 'Running', ready: true, restarts }],
      });
      expect(
        judge(rule, [
          [0, starting],
          [500, pods('web-1', 2)],
          [1000, pods('web-2', 1)],
          [2000, pods('web-3', 1)],
        ]),
      ).toMatchObject({ result: 'failed' });
    });

    it('does not count what was before, of pods that are ready at first', () => {
      const looks = (ready: boolean): Look[] => [
        [
          0,
          {
            ...starting,
            pods: [{ name: 'web-1', phase: 'Running', ready, restarts: 7 }],
          },
        ],
        [1000, { ...complete, restarts: 8 }],
      ];
      const rule = { restartBudget: 1 };
      expect(judge(rule, looks(true))).toMatchObject({ result: 'healthy' });
      expect(judge(rule, looks(false))).toMatchObject({ result: 'failed' });
    });

    it('does not count what was before, when the pods are the same', () => {
      const looks: Look[] = [
        [0, { ...starting, restarts: 7 }],
        [1000, { ...complete, restarts: 8 }],
      ];
      const samePods = true;
      expect(judge({ restartBudget: 1 }, looks, { samePods })).toMatchObject({
        result: 'healthy',
      });
      expect(judge({ restartBudget: 0 }, looks, { samePods })).toMatchObject({
        result: 'failed',
      });
    });
  });

  describe('deadline', () => {
    const rule = { deadlineMs: 3 * MINUTE };

    it('fails with what is missing', () => {
      expect(judge(rule, [[2 * MINUTE, starting]])).toMatchObject({
        result: 'goes-on',
        againInMs: MINUTE,
      });
      expect(judge(rule, [[3 * MINUTE, starting]])).toMatchObject({
        result: 'failed',
        imageFailed: true,
        reason: {
          code: 'health-deadline-exceeded',
          message: 'Not healthy within 3 min: 1 of 3 pods are ready.',
        },
      });
    });

    it('does not end what only has to settle', () => {
      expect(judge(rule, [[4 * MINUTE, {}]])).toMatchObject({
        result: 'goes-on',
      });
    });

    it('stands still while the cluster tells nothing', () => {
      const looks: Look[] = [
        [MINUTE, silent],
        [60 * MINUTE, silent],
      ];
      expect(judge(rule, looks)).toMatchObject({ result: 'goes-on' });
      expect(judge(rule, [...looks, [61 * MINUTE, starting]])).toMatchObject({
        result: 'goes-on',
        againInMs: 2 * MINUTE,
      });
      expect(
        judge(rule, [
          ...looks,
          [61 * MINUTE, starting],
          [63 * MINUTE, starting],
        ]),
      ).toMatchObject({ result: 'failed' });
    });

    it.each(['paused', 'rollout-paused'])('stands still while %s', code => {
      const paused = { ...starting, reason: { code, message: 'Paused.' } };
      const looks: Look[] = [
        [MINUTE, paused],
        [600 * MINUTE, paused],
      ];
      expect(judge(rule, looks)).toMatchObject({
        result: 'goes-on',
        reason: { code },
      });
      expect(judge(rule, [...looks, [601 * MINUTE, starting]])).toMatchObject({
        result: 'goes-on',
        againInMs: 2 * MINUTE,
      });
    });

    it.each([
      ['StatefulSet', 'failed'],
      ['DaemonSet', 'failed'],
      ['Deployment', 'goes-on'],
      ['Rollout', 'goes-on'],
    ] as const)('of the portal, without one: %s %s', (kind, result) => {
      const looks: Look[] = [
        [0, starting],
        [STANDSTILL_MS, starting],
      ];
      const verdict = judge({}, looks, { kind });
      expect(verdict).toMatchObject({ result });
      expect(verdict.reason?.code).toBe(
        result === 'failed' ? 'no-progress' : 'replicas-not-ready',
      );
    });

    it('blames no image that a kept pod has not let start', () => {
      const kept = {
        ...starting,
        updatedReplicas: 0,
        reason: { code: OLD_POD_KEPT, message: 'Waits for web-2.' },
      };
      const looks: Look[] = [
        [0, kept],
        [STANDSTILL_MS, kept],
      ];
      expect(judge({}, looks, { kind: 'StatefulSet' })).toMatchObject({
        result: 'failed',
        imageFailed: false,
        reason: { params: { detail: 'Waits for web-2.' } },
      });
    });

    it('of the portal counts from the last pod that came up', () => {
      const looks: Look[] = [
        [0, starting],
        [STANDSTILL_MS - 1, { ...starting, readyReplicas: 2 }],
        [STANDSTILL_MS + 1, { ...starting, readyReplicas: 2 }],
      ];
      expect(judge({}, looks, { kind: 'StatefulSet' })).toMatchObject({
        result: 'goes-on',
      });
    });
  });

  describe('a registry that refuses for now', () => {
    const rule = { deadlineMs: MINUTE };

    it('ends nothing, and gives the time back', () => {
      const looks: Look[] = [
        [1000, refused],
        [30 * MINUTE, refused],
      ];
      expect(judge(rule, looks)).toMatchObject({
        result: 'goes-on',
        reason: { code: REGISTRY_REFUSES_FOR_NOW },
      });
      expect(judge(rule, [...looks, [31 * MINUTE, starting]])).toMatchObject({
        result: 'goes-on',
        againInMs: MINUTE - 1000,
      });
    });

    it('is given up after a day, without blaming the image', () => {
      expect(
        judge(rule, [
          [0, refused],
          [REFUSED_LIMIT_MS / 2, starting],
          [REFUSED_LIMIT_MS / 2 + 1000, refused],
          [REFUSED_LIMIT_MS + 1000, refused],
        ]),
      ).toMatchObject({
        result: 'failed',
        imageFailed: false,
        reason: { code: 'registry-refused-too-long' },
      });
    });
  });
});
