import { Reason } from '../reason';
import { BestTwo, Found, laterBySpelling } from './BestTwo';
import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
import { compileRule } from './compileRule';
import { Explanation, TagVerdict } from './Explanation';
import {
  candidateReader,
  CandidateReadings,
  readCandidates,
} from './readCandidates';
import { ruleReasons } from './reasons';
import { SortedCandidates, sortNewestFirst } from './sortNewestFirst';
import { TagRule } from './tagRule';

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
  readonly candidates: TagVerdict[];
  /**
   * The accepted, newest first, then the others in the order they were given,
   * without making a verdict for all.
   * @param mostAccepted - leaves room for the others; default `most`
   */
  newestFirst(most: number, mostAccepted?: number): TagVerdict[];
  /** How many the rule takes. */
  readonly acceptedCount: number;
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
 * Whether a listing lost so many tags that it decides nothing until it is
 * confirmed.
 *
 * @param countBefore - how many tags the last complete listing had
 */
export function isShrunken(countBefore: number, count: number): boolean {
  return countBefore > fewTags && count < countBefore * mostLost;
}

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
  const best = new BestTwo(compiled);
  const { scan } = compiled;
  if (scan && Array.isArray(candidates)) {
    scan(candidates, position => best.offer(candidates[position]));
    best.count = candidates.length;
  } else {
    for (const candidate of candidates) {
      best.offer(candidate);
    }
  }
  return selection(compiled, best, options);
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
  const readings = readCandidates(compiled, candidates);
  const sorted = sortNewestFirst(compiled, readings);
  return evaluation(compiled, readings, sorted, options);
}

/** Candidates that are read in one turn: a few milliseconds of work. */
const candidatesOfTurn = 2_000;

/**
 * The same as {@link evaluateRule} where others wait for the same thread, as
 * in a browser: in turns, with a pause between two of them.
 * @param pause - gives way when it is time to; a rejection ends the evaluation
 * @throws InvalidRuleError when the rule is not compiled and cannot be
 * @throws what `pause` rejects with
 */
export async function evaluateRuleInTurns(
  rule: CompiledRule | TagRule,
  candidates: readonly TagCandidate[],
  options: EvaluateOptions,
  pause: () => Promise<void>,
): Promise<RuleEvaluation> {
  const compiled = compiledRule(rule);
  const reader = candidateReader(compiled, candidates);
  for (let from = 0; from < candidates.length; from += candidatesOfTurn) {
    const to = Math.min(candidates.length, from + candidatesOfTurn);
    reader.read(from, to);
    await pause();
  }
  const sorted = sortNewestFirst(compiled, reader);
  await pause();
  return evaluation(compiled, reader, sorted, options);
}

function evaluation(
  compiled: CompiledRule,
  readings: CandidateReadings,
  sorted: SortedCandidates,
  options: EvaluateOptions,
): RuleEvaluation {
  const { positions } = sorted;
  const keyAt = (place: number) =>
    place < positions.length ? readings.keyAt(positions[place]) : undefined;
  const found = {
    first: keyAt(0),
    second: keyAt(1),
    undated: compiled.ordered ? undefined : undatedOf(readings, positions),
    count: readings.candidates.length,
  };
  const explanation = new Explanation(
    compiled,
    readings,
    sorted,
    lacksTimes(compiled, found) === undefined,
  );
  return {
    ...selection(compiled, found, options),
    get candidates() {
      return explanation.all();
    },
    newestFirst: (most, mostAccepted) =>
      explanation.newestFirst(most, mostAccepted),
    acceptedCount: explanation.acceptedCount,
  };
}

/** Of those whose time nobody knows, the one to name. */
function undatedOf(
  { keyAt }: CandidateReadings,
  positions: Uint32Array,
): OrderKey | undefined {
  let undated: OrderKey | undefined;
  // They come last: unknown times are the oldest.
  for (let place = positions.length - 1; place >= 0; place--) {
    const key = keyAt(positions[place]);
    if (key.order !== -Infinity) {
      break;
    }
    undated = laterBySpelling(undated, key);
  }
  return undated;
}

function compiledRule(rule: CompiledRule | TagRule): CompiledRule {
  return 'compareKeys' in rule ? rule : compileRule(rule);
}

/**
 * Without an order of its own and without times, none is the newest. A push
 * time that is not known is an old one; a build time that is not known may be
 * the newest.
 */
function lacksTimes(
  rule: CompiledRule,
  { first, undated }: Found,
): OrderKey | undefined {
  if (rule.ordered) {
    return undefined;
  }
  if (rule.time === 'created') {
    return undated;
  }
  return first?.order === -Infinity ? first : undefined;
}

function selection(
  rule: CompiledRule,
  found: Found,
  { complete, countBefore = 0 }: EvaluateOptions,
): RuleSelection {
  if (!complete) {
    return { complete, blocked: ruleReasons.listingIncomplete() };
  }
  const { first, second, count } = found;
  if (isShrunken(countBefore, count)) {
    return { complete, blocked: ruleReasons.listingShrunk(countBefore, count) };
  }
  const lacking = lacksTimes(rule, found);
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
