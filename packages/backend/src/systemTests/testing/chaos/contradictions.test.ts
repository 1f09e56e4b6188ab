import { contradictionsOf, Testimony, ToldRollout } from './contradictions';
import { Moment } from './Chronicle';

const GOOD = 'registry/web:good@sha256:1';
const BAD = 'registry/web:bad@sha256:2';
const FIRST = 'registry/web:first@sha256:0';

function moment(
  at: number,
  image: string,
  sequence?: number,
  serving = false,
): Moment {
  return { at, image, sequence, serving };
}

function rollout(given: Partial<ToldRollout> = {}): ToldRollout {
  return {
    sequence: 1,
    image: { repository: 'web', digest: 'sha256:1', reference: GOOD },
    state: 'succeeded',
    cause: 'person',
    startedAt: time(10),
    finishedAt: time(30),
    ...given,
  };
}

function time(at: number): string {
  return new Date(at).toISOString();
}

const bad = { repository: 'web', digest: 'sha256:2', reference: BAD };
const first = { repository: 'web', digest: 'sha256:0', reference: FIRST };
const begin = moment(0, FIRST, undefined, true);
const served = [begin, moment(12, GOOD, 1), moment(20, GOOD, 1, true)];
const failed = [begin, moment(12, BAD, 1)];
const returned = [...failed, moment(25, FIRST, 1), moment(28, FIRST, 1, true)];
const interrupted = { code: 'interrupted', message: 'A person deployed' };

function judge(
  rollouts: ToldRollout[],
  moments: Moment[],
): ReturnType<typeof contradictionsOf> {
  const testimony: Testimony = {
    rollouts,
    moments,
    isBad: reference => reference === BAD,
  };
  return contradictionsOf(testimony);
}

describe('contradictionsOf', () => {
  it.each<[string, ToldRollout[], Moment[]]>([
    ['a success that served', [rollout()], served],
    ['a failure', [rollout({ state: 'failed', image: bad })], failed],
    [
      'a return',
      [rollout({ state: 'rolled-back', image: bad, returnTo: first })],
      returned,
    ],
    [
      'one that never began',
      [rollout({ state: 'superseded', startedAt: undefined })],
      [begin],
    ],
    [
      'a late write of one that was interrupted',
      [
        rollout({ state: 'failed', reason: interrupted, finishedAt: time(11) }),
        rollout({ sequence: 2, startedAt: time(13) }),
      ],
      [
        begin,
        moment(12, GOOD, 1),
        moment(14, GOOD, 2),
        moment(20, GOOD, 2, true),
      ],
    ],
  ])('believes %s', (_, rollouts, moments) => {
    expect(judge(rollouts, moments)).toEqual([]);
  });

  it.each<[string, string, ToldRollout[], Moment[]]>([
    [
      'a success that nothing served',
      '#1 is succeeded, and its image never served',
      [rollout()],
      served.slice(0, 2),
    ],
    [
      'a success before it served',
      '#1 is succeeded, and its image never served',
      [rollout({ finishedAt: time(15) })],
      served,
    ],
    [
      'a success that was not written',
      `#1 was succeeded when the cluster had ${FIRST} of #undefined`,
      [rollout()],
      [begin],
    ],
    [
      'a success of what cannot serve',
      '#1 succeeded with an image that fails',
      [rollout({ image: bad })],
      failed,
    ],
    [
      'a success that serves no more',
      '#1 is succeeded, and nothing serves now',
      [rollout()],
      [...served, moment(40, GOOD, 1)],
    ],
    [
      'a failure of what serves',
      '#1 failed: undefined',
      [rollout({ state: 'failed' })],
      served,
    ],
    [
      'a failure that was not written',
      `#1 was failed when the cluster had ${FIRST} of #undefined`,
      [rollout({ state: 'failed', image: bad })],
      [begin],
    ],
    [
      'a return that was not written',
      `#1 was rolled-back when the cluster had ${BAD} of #1`,
      [rollout({ state: 'rolled-back', image: bad, returnTo: first })],
      failed,
    ],
    [
      'a return from what serves',
      '#1 returned from an image that serves',
      [rollout({ state: 'rolled-back', returnTo: first })],
      served,
    ],
    [
      'what is unfinished',
      '#1 is still progressing',
      [rollout({ state: 'progressing' })],
      served,
    ],
    [
      'a write of what never began',
      '#1 is cancelled and has written',
      [rollout({ state: 'cancelled', startedAt: undefined })],
      served,
    ],
    [
      'a write after the end',
      '#1 wrote after it had ended',
      [rollout({ finishedAt: time(11) })],
      served,
    ],
    [
      'a write before the beginning',
      '#1 wrote too early',
      [rollout({ startedAt: time(13) })],
      served,
    ],
    [
      'a write that nobody tells of',
      `#1 wrote ${GOOD} and is in no history`,
      [],
      served,
    ],
    [
      'a write of another image',
      `#1 wrote ${GOOD}, which is not what it tells`,
      [rollout({ image: first })],
      served,
    ],
    [
      'an older image after a newer one',
      '#1 wrote after #2',
      [rollout(), rollout({ sequence: 2 })],
      [begin, moment(11, GOOD, 2, true), moment(12, GOOD, 1, true)],
    ],
    [
      'an interruption by nobody',
      '#1 was interrupted by nobody',
      [rollout({ state: 'failed', reason: interrupted })],
      served,
    ],
    [
      'what failed before, by automation',
      '#2 repeated what had failed as #1',
      [
        rollout({ state: 'failed', image: bad }),
        rollout({ sequence: 2, state: 'failed', image: bad, cause: 'policy' }),
      ],
      failed,
    ],
    [
      'another image than runs now',
      `#1 is succeeded, and the cluster has ${FIRST} now`,
      [rollout()],
      [...served, moment(40, FIRST, 1, true)],
    ],
  ])('does not believe %s', (_, sentence, rollouts, moments) => {
    expect(judge(rollouts, moments)).toContain(sentence);
  });
});
