import {
  comparePushes,
  compareText,
  compareTimes,
  creationTime,
  pushTime,
} from './candidateOrder';
import { CompiledRule, TagTest, TimeOrder } from './CompiledRule';
import { completeRule } from './completeRule';
import { TagRule } from './tagRule';

/** Which names a rule takes, and why. */
export interface NameTest {
  takes(tag: string): boolean;
  test(tag: string): TagTest;
  /** A fragment of an English sentence: `those that match v5.*`. */
  readonly description: string;
}

/** A rule whose newest tag is the one that was pushed or built last. */
export function compileByTime(
  rule: TagRule,
  names: NameTest,
  time: TimeOrder = 'pushed',
): CompiledRule {
  const timeOf = time === 'pushed' ? pushTime : creationTime;
  return completeRule({
    rule,
    ordered: false,
    time,
    test: names.test,
    keyOfName: candidate => {
      if (!names.takes(candidate.tag)) {
        return undefined;
      }
      const at = timeOf(candidate);
      return { candidate, order: at, value: at };
    },
    compareValues: (a, b) =>
      compareTimes(a.order ?? -Infinity, b.order ?? -Infinity),
    compareKeys: (a, b) =>
      compareTimes(a.order ?? -Infinity, b.order ?? -Infinity) ||
      compareText(a.candidate.tag, b.candidate.tag) ||
      comparePushes(a.candidate, b.candidate),
    compareTags: () => undefined,
    describe: () =>
      `the tag ${time === 'pushed' ? 'pushed' : 'built'} last of ${
        names.description
      }`,
  });
}
