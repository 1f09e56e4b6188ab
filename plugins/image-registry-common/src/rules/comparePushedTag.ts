import { Reason } from '../reason';
import { pushTime } from './candidateOrder';
import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { ruleReasons } from './reasons';
import { TagRule } from './tagRule';
import { compareVersions } from './version';

/** What one push means to a policy. */
export interface PushVerdict {
  /** The rule takes the tag. */
  accepted: boolean;
  /** It is also newer than the policy's head. */
  newer: boolean;
  reason: Reason;
}

/**
 * A pushed tag against a policy's head, without a listing. The digest must be
 * the registry's, not the event's: the same tag with another digest is newer
 * whatever time the event claims.
 *
 * @param head - the best candidate so far; undefined when there is none
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function comparePushedTag(
  rule: CompiledRule | TagRule,
  pushed: TagCandidate,
  head: TagCandidate | undefined,
): PushVerdict {
  const compiled = 'compareKeys' in rule ? rule : compileRule(rule);
  const { accepted, reason } = compiled.test(pushed.tag);
  const key = accepted ? compiled.key(pushed) : undefined;
  if (!key) {
    return { accepted: false, newer: false, reason };
  }
  if (!head) {
    return newer(ruleReasons.pushFirst(pushed.tag));
  }
  if (head.tag === pushed.tag && pushed.digest !== undefined) {
    return pushed.digest === head.digest
      ? notNewer(ruleReasons.pushDigestUnchanged(pushed.tag))
      : newer(ruleReasons.pushDigestChanged(pushed.tag));
  }
  const headKey = compiled.key(head);
  return headKey
    ? compareWithHead(compiled, key, headKey)
    : notNewer(ruleReasons.pushHeadNotCandidate(pushed.tag, head.tag));
}

function compareWithHead(
  rule: CompiledRule,
  pushed: OrderKey,
  head: OrderKey,
): PushVerdict {
  const names = [pushed.candidate.tag, head.candidate.tag] as const;
  const order = rule.compareKeys(pushed, head);
  if (pushed.version && head.version) {
    const versions = compareVersions(pushed.version, head.version);
    if (versions !== 0) {
      return versions > 0
        ? newer(ruleReasons.pushVersionHigher(...names))
        : notNewer(ruleReasons.pushVersionLower(...names));
    }
    if (order < 0) {
      return notNewer(ruleReasons.pushVersionEqual(...names));
    }
  } else {
    const pushedAt = pushTime(pushed.candidate);
    const headAt = pushTime(head.candidate);
    if (pushedAt === -Infinity) {
      return notNewer(ruleReasons.pushTimeUnknown(...names));
    }
    if (pushedAt !== headAt) {
      return pushedAt > headAt
        ? newer(ruleReasons.pushLater(...names))
        : notNewer(ruleReasons.pushEarlier(...names));
    }
  }
  return order > 0
    ? newer(ruleReasons.pushTieWon(...names))
    : notNewer(ruleReasons.pushTieLost(...names));
}

function newer(reason: Reason): PushVerdict {
  return { accepted: true, newer: true, reason };
}

function notNewer(reason: Reason): PushVerdict {
  return { accepted: true, newer: false, reason };
}
