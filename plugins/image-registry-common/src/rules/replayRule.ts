import { comparePushedTag } from './comparePushedTag';
import { CompiledRule, TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { selectTag } from './evaluateRule';
import { TagRule } from './tagRule';

/** A change of what a tag means, as the portal heard of it. */
export interface PastChange {
  /** When the portal heard of it, ISO 8601. */
  at: string;
  tag: string;
  digest: string;
  /** When the registry says it was pushed, ISO 8601; default: `at`. */
  pushedAt?: string;
}

/** What is known of one repository's tags over some time. */
export interface TagHistory {
  /** ISO 8601; later than asked for when there were too many changes. */
  from: string;
  to: string;
  /** What the tags meant at `from`. */
  before: readonly TagCandidate[];
  /** In the order in which the portal heard of them. */
  changes: readonly PastChange[];
}

/** Something a rule would have deployed. */
export interface PastDeploy {
  at: string;
  tag: string;
  digest: string;
}

/**
 * What a rule would have deployed, had it listened to some changes. Holds,
 * gates and approvals are not asked.
 *
 * @param startHead - the best candidate before the first change; undefined
 *   when there was none
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function replayRule(
  rule: CompiledRule | TagRule,
  changes: readonly PastChange[],
  startHead: TagCandidate | undefined,
): PastDeploy[] {
  const compiled = 'compareKeys' in rule ? rule : compileRule(rule);
  const deploys: PastDeploy[] = [];
  let head = startHead;
  let runs = startHead?.digest;
  for (const { at, tag, digest, pushedAt = at } of changes) {
    const pushed = { tag, digest, pushedAt };
    if (comparePushedTag(compiled, pushed, head).newer) {
      head = pushed;
      if (digest !== runs) {
        deploys.push({ at, tag, digest });
      }
      runs = digest;
    }
  }
  return deploys;
}

/**
 * What a rule would have deployed over all of a history. What an image itself
 * tells is not in it: platforms are taken to fit, and a rule that orders by
 * build times cannot be replayed.
 *
 * @returns undefined for a rule that cannot be replayed
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function replayHistory(
  rule: CompiledRule | TagRule,
  { before, changes }: Pick<TagHistory, 'before' | 'changes'>,
): PastDeploy[] | undefined {
  const compiled = 'compareKeys' in rule ? rule : compileRule(rule);
  if (!compiled.ordered && compiled.time === 'created') {
    return undefined;
  }
  const { selected } = selectTag(compiled, before, { complete: true });
  return replayRule(compiled, changes, selected);
}
