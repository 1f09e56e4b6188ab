import { Reason } from '../reason';
import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
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
  /**
   * What has to be looked up of the selected tag before it is deployed: the
   * list did not tell it, and it may reject the tag.
   */
  open?: Reason;
}

/** A choice with the reason for every candidate. */
export interface RuleEvaluation extends RuleSelection {
  /** One for every candidate, in the order they were given. */
  candidates: TagVerdict[];
}

/** What is known about the candidates. */
export interface EvaluateOptions {
  /** False: a listing that was cut or met errors; it decides nothing. */
  complete: boolean;
  /**
   * How many tags there were at the last complete listing. When more than half
   * of them are gone, nothing is decided: registries have told too little.
   */
  countBefore?: number;
}

/** The part of its tags that a listing may lose and still decide. */
const mostLost = 0.5;
/** Fewer tags than these may go at once: a handful says nothing. */
const fewTags = 10;

/**
 * The newest candidate that a rule takes, in one pass. The answer does not
 * depend on the order of the candidates.
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function selectTag(
  rule: CompiledRule | TagRule,
  candidates: Iterable<TagCandidate>,
  options: EvaluateOptions,
): RuleSelection {
  const { complete } = options;
  if (!complete) {
    return { complete, blocked: ruleReasons.listingIncomplete() };
  }
  const compiled = compiledRule(rule);
  let first: OrderKey | undefined;
  let second: OrderKey | undefined;
  let undated: OrderKey | undefined;
  let count = 0;
  for (const candidate of candidates) {
    count++;
    const key = compiled.key(candidate);
    if (!key) {
      continue;
    }
    if (key.order === -Infinity) {
      undated = laterBySpelling(undated, key);
    }
    if (!first || isNewer(compiled, key, first)) {
      second = first;
      first = key;
    } else if (!second || isNewer(compiled, key, second)) {
      second = key;
    }
  }
  return selection(compiled, { first, second, undated, count }, options);
}

/**
 * The same choice as {@link selectTag}, with every candidate's verdict and
 * rank. Ranks are given for incomplete data too; a choice is not.
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 */
export function evaluateRule(
  rule: CompiledRule | TagRule,
  candidates: Iterable<TagCandidate>,
  options: EvaluateOptions,
): RuleEvaluation {
  const compiled = compiledRule(rule);
  const verdicts: TagVerdict[] = [];
  const accepted: Array<{ key: OrderKey; verdict: TagVerdict }> = [];
  let undated: OrderKey | undefined;
  for (const candidate of candidates) {
    const key = compiled.key(candidate);
    const verdict = verdictOf(compiled, candidate);
    verdicts.push(verdict);
    if (key) {
      accepted.push({ key, verdict });
      if (key.order === -Infinity) {
        undated = laterBySpelling(undated, key);
      }
    }
  }
  const sorted = sortNewestFirst(compiled, accepted);
  const chosen = selection(
    compiled,
    {
      first: sorted[0]?.key,
      second: sorted[1]?.key,
      undated,
      count: verdicts.length,
    },
    options,
  );
  if (!lacksTimes(compiled, sorted[0]?.key, undated)) {
    sorted.forEach(({ verdict }, index) => {
      verdict.rank = index + 1;
    });
  }
  return { ...chosen, candidates: verdicts };
}

function verdictOf(rule: CompiledRule, candidate: TagCandidate): TagVerdict {
  const { accepted, reason } = rule.judge(candidate);
  return { tag: candidate.tag, accepted, reason, rank: undefined };
}

function compiledRule(rule: CompiledRule | TagRule): CompiledRule {
  return 'compareKeys' in rule ? rule : compileRule(rule);
}

function isNewer(rule: CompiledRule, key: OrderKey, than: OrderKey): boolean {
  const { order } = key;
  return order !== undefined && than.order !== undefined && order !== than.order
    ? order > than.order
    : rule.compareKeys(key, than) > 0;
}

/** Of the tags without a time, the one to name: the same in any order. */
function laterBySpelling(known: OrderKey | undefined, key: OrderKey): OrderKey {
  return known && known.candidate.tag >= key.candidate.tag ? known : key;
}

/**
 * Without an order of its own and without times, none is the newest. A push
 * time that is not known is an old one; a build time that is not known may be
 * the newest.
 */
function lacksTimes(
  rule: CompiledRule,
  newest: OrderKey | undefined,
  undated: OrderKey | undefined,
): OrderKey | undefined {
  if (rule.ordered) {
    return undefined;
  }
  if (rule.time === 'created') {
    return undated;
  }
  return newest?.order === -Infinity ? newest : undefined;
}

interface Found {
  first?: OrderKey;
  second?: OrderKey;
  /** One of those whose time nobody knows. */
  undated?: OrderKey;
  count: number;
}

function selection(
  rule: CompiledRule,
  found: Found,
  { complete, countBefore = 0 }: EvaluateOptions,
): RuleSelection {
  if (!complete) {
    return { complete, blocked: ruleReasons.listingIncomplete() };
  }
  const { first, second, undated, count } = found;
  if (countBefore > fewTags && count < countBefore * mostLost) {
    return { complete, blocked: ruleReasons.listingShrunk(countBefore, count) };
  }
  const lacking = lacksTimes(rule, first, undated);
  if (lacking) {
    return {
      complete,
      blocked:
        rule.time === 'created'
          ? ruleReasons.createdTimesUnknown(lacking.candidate.tag)
          : ruleReasons.pushTimesUnknown(),
    };
  }
  return {
    ...(first && { selected: first.candidate }),
    ...(second && { runnerUp: second.candidate }),
    ...(first &&
      rule.isOpen(first.candidate) && {
        open: ruleReasons.platformsUnknown(first.candidate.tag),
      }),
    complete,
  };
}
