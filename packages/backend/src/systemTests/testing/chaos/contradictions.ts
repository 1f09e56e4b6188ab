import {
  finalRolloutStates,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import { Moment, Write, writesIn } from './Chronicle';

/** What the portal says of a rollout. */
export type ToldRollout = Pick<
  Rollout,
  | 'sequence'
  | 'image'
  | 'state'
  | 'cause'
  | 'reason'
  | 'previous'
  | 'returnTo'
  | 'startedAt'
  | 'finishedAt'
>;

/** What is told of a target, and what its cluster was meanwhile. */
export interface Testimony {
  rollouts: readonly ToldRollout[];
  moments: readonly Moment[];
  /** Whether an image can never serve. */
  isBad(reference: string): boolean;
}

/** Ended for a rollout that a person asked for meanwhile. */
const INTERRUPTED = ['interrupted', 'return-interrupted'];

/**
 * Where the portal's history of a target and its cluster's own disagree, one
 * sentence each: each rollout must have written what it says, in order, must
 * have ended as the workload was then, and the newest one as it is now.
 */
export function contradictionsOf(testimony: Testimony): string[] {
  const rollouts = [...testimony.rollouts].sort(
    (a, b) => a.sequence - b.sequence,
  );
  const writes = writesIn(testimony.moments);
  return [
    ...disorderOf(writes),
    ...foreignWrites(writes, rollouts),
    ...rollouts.flatMap(rollout => [
      ...untimelyWrites(rollout, writes),
      ...falseEnd(rollout, testimony),
    ]),
    ...repeatedFailures(rollouts),
    ...falsePresent(rollouts, testimony),
  ];
}

function disorderOf(writes: Write[]): string[] {
  return writes.flatMap((write, n) =>
    n > 0 && write.sequence < writes[n - 1].sequence
      ? [`#${write.sequence} wrote after #${writes[n - 1].sequence}`]
      : [],
  );
}

function foreignWrites(
  writes: Write[],
  rollouts: readonly ToldRollout[],
): string[] {
  return writes.flatMap(({ sequence, image }) => {
    const rollout = rollouts.find(each => each.sequence === sequence);
    if (!rollout) {
      return [`#${sequence} wrote ${image} and is in no history`];
    }
    const { image: own, returnTo } = rollout;
    return image === own.reference || image === returnTo?.reference
      ? []
      : [`#${sequence} wrote ${image}, which is not what it tells`];
  });
}

function untimelyWrites(rollout: ToldRollout, writes: Write[]): string[] {
  const { sequence, state, startedAt, finishedAt } = rollout;
  const own = writes.filter(write => write.sequence === sequence);
  if (startedAt === undefined) {
    return own.length > 0 ? [`#${sequence} is ${state} and has written`] : [];
  }
  // What was on its way when a person interrupted it may still arrive, before
  // that person's own is written.
  const last = isInterrupted(rollout) ? Infinity : Date.parse(finishedAt ?? '');
  return own.flatMap(({ at }) => [
    ...(at < Date.parse(startedAt) ? [`#${sequence} wrote too early`] : []),
    ...(at > last ? [`#${sequence} wrote after it had ended`] : []),
  ]);
}

function falseEnd(rollout: ToldRollout, testimony: Testimony): string[] {
  const { sequence, state, image, returnTo } = rollout;
  if (!finalRolloutStates.includes(state)) {
    return [`#${sequence} is still ${state}`];
  }
  if (isInterrupted(rollout)) {
    return nobodyAfter(rollout, testimony);
  }
  const isBad = testimony.isBad(image.reference);
  switch (state) {
    case 'succeeded':
      return [
        ...(isBad ? [`#${sequence} succeeded with an image that fails`] : []),
        ...notServed(rollout, image.reference, testimony),
      ];
    case 'rolled-back':
      return [
        ...(isBad ? [] : [`#${sequence} returned from an image that serves`]),
        ...notServed(rollout, returnTo?.reference ?? '', testimony),
      ];
    case 'failed':
      return [
        ...(isBad && !returnTo
          ? []
          : [`#${sequence} failed: ${rollout.reason?.message}`]),
        ...notThere(rollout, image.reference, testimony),
      ];
    default:
      return [];
  }
}

/** The image was the workload's when its rollout ended, and had served. */
function notServed(
  rollout: ToldRollout,
  reference: string,
  testimony: Testimony,
): string[] {
  const { sequence, state, finishedAt } = rollout;
  const end = Date.parse(finishedAt ?? '');
  const served = testimony.moments.some(
    moment =>
      moment.serving &&
      moment.at <= end &&
      moment.sequence === sequence &&
      moment.image === reference,
  );
  return [
    ...notThere(rollout, reference, testimony),
    ...(served ? [] : [`#${sequence} is ${state}, and its image never served`]),
  ];
}

function notThere(
  { sequence, state, finishedAt }: ToldRollout,
  reference: string,
  { moments }: Testimony,
): string[] {
  const end = Date.parse(finishedAt ?? '');
  const then = moments.filter(({ at }) => at <= end).at(-1);
  return then?.image === reference && then.sequence === sequence
    ? []
    : [
        `#${sequence} was ${state} when the cluster had ${then?.image} of #${then?.sequence}`,
      ];
}

function nobodyAfter(
  { sequence }: ToldRollout,
  { rollouts }: Testimony,
): string[] {
  return rollouts.some(
    other => other.sequence > sequence && other.cause !== 'policy',
  )
    ? []
    : [`#${sequence} was interrupted by nobody`];
}

/** What failed is not tried a second time by the automation. */
function repeatedFailures(rollouts: readonly ToldRollout[]): string[] {
  return rollouts.flatMap((rollout, n) => {
    const failed = rollouts
      .slice(0, n)
      .find(
        earlier =>
          earlier.image.digest === rollout.image.digest &&
          (earlier.state === 'failed' || earlier.state === 'rolled-back') &&
          !isInterrupted(earlier),
      );
    return failed && rollout.startedAt && rollout.cause === 'policy'
      ? [`#${rollout.sequence} repeated what had failed as #${failed.sequence}`]
      : [];
  });
}

/** The workload now is what the newest rollout that began left behind. */
function falsePresent(
  rollouts: readonly ToldRollout[],
  { moments }: Testimony,
): string[] {
  const newest = rollouts.filter(({ startedAt }) => startedAt).at(-1);
  const now = moments.at(-1);
  if (!newest) {
    return [];
  }
  const { sequence, state } = newest;
  const serves = state === 'succeeded' || state === 'rolled-back';
  return [
    ...(leftBy(newest).includes(now?.image)
      ? []
      : [`#${sequence} is ${state}, and the cluster has ${now?.image} now`]),
    ...(serves && !now?.serving
      ? [`#${sequence} is ${state}, and nothing serves now`]
      : []),
  ];
}

/** Which images may be there after a rollout. */
function leftBy(rollout: ToldRollout): (string | undefined)[] {
  const { state, image, previous, returnTo } = rollout;
  if (state === 'rolled-back') {
    return [returnTo?.reference];
  }
  // It ended before or after it was written, and before or after its return.
  return isInterrupted(rollout)
    ? [image.reference, previous?.reference, returnTo?.reference]
    : [image.reference];
}

function isInterrupted({ state, reason }: ToldRollout): boolean {
  return state === 'failed' && INTERRUPTED.includes(reason?.code ?? '');
}
