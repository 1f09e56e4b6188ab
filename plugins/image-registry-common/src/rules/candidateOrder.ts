import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';

/**
 * Milliseconds since 1970 of a candidate's push; an unknown or unreadable
 * time is older than any known one.
 */
export function pushTime({ pushedAt }: TagCandidate): number {
  return timeOf(pushedAt);
}

/** The same of the time at which the image was built. */
export function creationTime({ createdAt }: TagCandidate): number {
  return timeOf(createdAt);
}

function timeOf(text: string | undefined): number {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? -Infinity : time;
}

/** Code units: the same answer in every locale. An absent text is the smallest. */
export function compareText(a: string = '', b: string = ''): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Order of times; two unknown ones are equal. */
export function compareTimes(a: number, b: number): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** The last two tie-breaks: push time, then digest. */
export function comparePushes(a: TagCandidate, b: TagCandidate): number {
  return (
    compareTimes(pushTime(a), pushTime(b)) || compareText(a.digest, b.digest)
  );
}

/** All tie-breaks: exact spelling, then push time, then digest. */
export function compareSpellingAndPush(
  a: TagCandidate,
  b: TagCandidate,
): number {
  return compareText(a.tag, b.tag) || comparePushes(a, b);
}

/**
 * Makes a rule's order of candidates out of its order of keys. Candidates
 * that the rule does not take are older than all that it takes.
 */
export function compareCandidates(
  rule: Pick<CompiledRule, 'key' | 'compareKeys'>,
  a: TagCandidate,
  b: TagCandidate,
): number {
  const keyA: OrderKey | undefined = rule.key(a);
  const keyB: OrderKey | undefined = rule.key(b);
  if (keyA && keyB) {
    return rule.compareKeys(keyA, keyB);
  }
  if (keyA || keyB) {
    return keyA ? 1 : -1;
  }
  return compareSpellingAndPush(a, b);
}
