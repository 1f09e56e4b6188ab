import { Reason } from '../reason';
import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
import { pushTime } from './candidateOrder';
import { compileRule } from './compileRule';
import { ruleReasons } from './reasons';
import { sortNewestFirst } from './sortNewestFirst';
import { TagRule } from './tagRule';

/** What a rule says about one candidate. */
export interface TagVerdict {
  tag: string;
  accepted: boolean;
  reason: Reason;
  /** Among the accepted; 1 is the newest. */
  rank?: number;
}

/** What a rule chooses from a listing. */
export interface RuleSelection {
  /** The newest accepted candidate; absent when there is none or `blocked`. */
  selected?: TagCandidate;
  /** The one that would be next. */
  runnerUp?: TagCandidate;
  /** Whether the candidates were all there are. */
  complete: boolean;
  /** Why nothing is chosen although there may be candidates. */
  blocked?: Reason;
}

/** A choice with the reason for every candidate. */
export interface RuleEvaluation extends RuleSelection {
  /** One for every candidate, in the order they were given. */
  candidates: TagVerdict[];
}

/** What is known about the candidates. */
export interface EvaluateOptions {
  /** False: a listing that was cut, shrank or met errors; it decides nothing. */
  complete: boolean;
}

/**
 * The newest candidate that a rule takes, in one pass. The answer does not
 * depend on the order of the candidates.
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function selectTag(
  rule: CompiledRule | TagRule,
  candidates: Iterable<TagCandidate>,
  { complete }: EvaluateOptions,
): RuleSelection {
  if (!complete) {
    return { complete, blocked: ruleReasons.listingIncomplete() };
  }
  const compiled = compiledRule(rule);
  let first: OrderKey | undefined;
  let second: OrderKey | undefined;
  for (const candidate of candidates) {
    const key = compiled.key(candidate);
    if (!key) {
      continue;
    }
    if (!first || compiled.compareKeys(key, first) > 0) {
      second = first;
      first = key;
    } else if (!second || compiled.compareKeys(key, second) > 0) {
      second = key;
    }
  }
  return selection(compiled, first, second);
}

/**
 * The same choice as {@link selectTag}, with every candidate's verdict and
 * rank. Ranks are given for incomplete data too; a choice is not.
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function evaluateRule(
  rule: CompiledRule | TagRule,
  candidates: Iterable<TagCandidate>,
  { complete }: EvaluateOptions,
): RuleEvaluation {
  const compiled = compiledRule(rule);
  const verdicts: TagVerdict[] = [];
  const accepted: Array<{ key: OrderKey; verdict: TagVerdict }> = [];
  for (const candidate of candidates) {
    const { tag } = candidate;
    const { accepted: isAccepted, reason } = compiled.test(tag);
    const verdict: TagVerdict = { tag, accepted: isAccepted, reason };
    verdicts.push(verdict);
    const key = isAccepted ? compiled.key(candidate) : undefined;
    if (key) {
      accepted.push({ key, verdict });
    }
  }
  const sorted = sortNewestFirst(compiled, accepted);
  if (!lacksPushTimes(compiled, sorted[0]?.key)) {
    sorted.forEach(({ verdict }, index) => {
      verdict.rank = index + 1;
    });
  }
  return {
    ...(complete
      ? selection(compiled, sorted[0]?.key, sorted[1]?.key)
      : { complete, blocked: ruleReasons.listingIncomplete() }),
    candidates: verdicts,
  };
}

function compiledRule(rule: CompiledRule | TagRule): CompiledRule {
  return 'compareKeys' in rule ? rule : compileRule(rule);
}

/** Without an order of its own and without push times, none is the newest. */
function lacksPushTimes(
  rule: CompiledRule,
  newest: OrderKey | undefined,
): boolean {
  return (
    !rule.ordered &&
    newest !== undefined &&
    pushTime(newest.candidate) === -Infinity
  );
}

function selection(
  rule: CompiledRule,
  first: OrderKey | undefined,
  second: OrderKey | undefined,
): RuleSelection {
  if (lacksPushTimes(rule, first)) {
    return { complete: true, blocked: ruleReasons.pushTimesUnknown() };
  }
  return {
    ...(first && { selected: first.candidate }),
    ...(second && { runnerUp: second.candidate }),
    complete: true,
  };
}
