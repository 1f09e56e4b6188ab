import { Reason } from '../reason';
import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { ruleReasons } from './reasons';
import { TagRule } from './tagRule';

/** What one push means to a policy. */
export interface PushVerdict {
  /** The rule takes the tag. */
  accepted: boolean;
  /** It is also newer than the policy's head. */
  newer: boolean;
  reason: Reason;
  /**
   * What has to be looked up of the tag before it is deployed: nobody has told
   * it, and it may reject the tag.
   */
  open?: Reason;
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
  const { accepted, reason } = compiled.judge(pushed);
  const key = accepted ? compiled.key(pushed) : undefined;
  if (!key) {
    return { accepted: false, newer: false, reason };
  }
  const verdict = againstHead(compiled, key, head);
  return verdict.newer && compiled.isOpen(pushed)
    ? { ...verdict, open: ruleReasons.platformsUnknown(pushed.tag) }
    : verdict;
}

function againstHead(
  rule: CompiledRule,
  key: OrderKey,
  head: TagCandidate | undefined,
): PushVerdict {
  const pushed = key.candidate;
  if (!head) {
    return newer(ruleReasons.pushFirst(pushed.tag));
  }
  if (head.tag === pushed.tag && pushed.digest !== undefined) {
    return pushed.digest === head.digest
      ? notNewer(ruleReasons.pushDigestUnchanged(pushed.tag))
      : newer(ruleReasons.pushDigestChanged(pushed.tag));
  }
  const headKey = rule.key(head);
  if (!headKey) {
    return notNewer(ruleReasons.pushHeadNotCandidate(pushed.tag, head.tag));
  }
  return rule.ordered
    ? compareOrders(rule, key, headKey)
    : compareTimesOf(rule, key, headKey);
}

/** What each way of ordering says about a push. */
const orderReasons = {
  version: {
    higher: ruleReasons.pushVersionHigher,
    lower: ruleReasons.pushVersionLower,
    equal: ruleReasons.pushVersionEqual,
  },
  other: {
    higher: ruleReasons.pushOrderLater,
    lower: ruleReasons.pushOrderEarlier,
    equal: ruleReasons.pushOrderEqual,
  },
};

function compareOrders(
  rule: CompiledRule,
  pushed: OrderKey,
  head: OrderKey,
): PushVerdict {
  const names = [pushed.candidate.tag, head.candidate.tag] as const;
  const says = orderReasons[rule.rule.kind === 'semver' ? 'version' : 'other'];
  const values = rule.compareValues(pushed, head);
  if (values !== 0) {
    return values > 0
      ? newer(says.higher(...names))
      : notNewer(says.lower(...names));
  }
  return rule.compareKeys(pushed, head) > 0
    ? newer(ruleReasons.pushTieWon(...names))
    : notNewer(says.equal(...names));
}

const timeReasons = {
  pushed: {
    unknown: ruleReasons.pushTimeUnknown,
    later: ruleReasons.pushLater,
    earlier: ruleReasons.pushEarlier,
  },
  created: {
    unknown: ruleReasons.pushCreatedUnknown,
    later: ruleReasons.pushCreatedLater,
    earlier: ruleReasons.pushCreatedEarlier,
  },
};

function compareTimesOf(
  rule: CompiledRule,
  pushed: OrderKey,
  head: OrderKey,
): PushVerdict {
  const names = [pushed.candidate.tag, head.candidate.tag] as const;
  const says = timeReasons[rule.time];
  if (pushed.order === -Infinity) {
    return notNewer(says.unknown(...names));
  }
  if (rule.time === 'created' && head.order === -Infinity) {
    return notNewer(ruleReasons.pushHeadCreatedUnknown(...names));
  }
  const times = rule.compareValues(pushed, head);
  if (times !== 0) {
    return times > 0
      ? newer(says.later(...names))
      : notNewer(says.earlier(...names));
  }
  return rule.compareKeys(pushed, head) > 0
    ? newer(ruleReasons.pushTieWon(...names))
    : notNewer(ruleReasons.pushTieLost(...names));
}

function newer(reason: Reason): PushVerdict {
  return { accepted: true, newer: true, reason };
}

function notNewer(reason: Reason): PushVerdict {
  return { accepted: true, newer: false, reason };
}
