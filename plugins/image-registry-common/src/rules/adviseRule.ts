import { Reason } from '../reason';
import { isTag } from '../reference';
import { InvalidRuleError } from './InvalidRuleError';
import { compilePattern } from './patterns/compilePattern';
import { sampleOf } from './patterns/Expression';
import { expressionOfGlob } from './patterns/glob';
import { readExpression } from './patterns/readExpression';
import { ruleReasons } from './reasons';
import { TagFilter, TagRule } from './tagRule';

/** Something a rule does that its author may not have meant. */
export interface RuleAdvice {
  /** Field of the rule that it is about: `pattern`, `exclude.0.pattern`. */
  path: string;
  reason: Reason;
}

/**
 * What a rule takes beyond how it reads, and what it misses. Every sentence
 * names a tag that was tried: nothing is said that is not so.
 */
export function adviseRule(rule: TagRule): RuleAdvice[] {
  const advice: RuleAdvice[] = [];
  const look = (pattern: string, path: string) => {
    const reason = looserThanItReads(pattern) ?? readsLikeGlob(pattern);
    if (reason) {
      advice.push({ path, reason });
    }
  };
  if (rule.kind === 'regex') {
    look(rule.pattern, 'pattern');
  }
  if ('key' in rule && rule.key) {
    look(rule.key.pattern, 'key.pattern');
  }
  const { include = [], exclude = [] }: Filtered = rule;
  for (const [field, filters] of Object.entries({ include, exclude })) {
    filters.forEach((filter, index) => {
      if (filter.kind === 'regex') {
        look(filter.pattern, `${field}.${index}.pattern`);
      }
    });
  }
  return advice;
}

interface Filtered {
  kind: TagRule['kind'];
  include?: TagFilter[];
  exclude?: TagFilter[];
}

/** A bare dot, not followed by a quantifier, between what tags have dots between. */
const bareDot = /(?<!\\)([0-9A-Za-z\])])\.(?![*+?{])(?=[0-9A-Za-z[(\\])/g;

/**
 * `v5.*` also accepts v50, `v1.0` also accepts v1x0: a dot stands for any
 * character.
 */
function looserThanItReads(pattern: string): Reason | undefined {
  const afterNumber = /^(.*[0-9])\.([*+])(\$?)$/.exec(pattern);
  if (afterNumber) {
    const [, start, quantifier, end] = afterNumber;
    return confirmed(
      pattern,
      [`${plainText(start)}0`],
      `${start}\\..${quantifier}${end}`,
      ruleReasons.patternLooser,
    );
  }
  const strict = pattern.replace(bareDot, '$1\\.');
  const read = strict === pattern ? undefined : readExpression(strict);
  return (
    read &&
    confirmed(
      pattern,
      [sampleOf(read.expression).replace('.', '0')],
      strict,
      ruleReasons.patternLooser,
    )
  );
}

/** `release-*` is a glob to most eyes; as an expression it repeats the dash. */
function readsLikeGlob(pattern: string): Reason | undefined {
  if (!/^[0-9A-Za-z._*-]+$/.test(pattern) || !/(?<![.*])\*/.test(pattern)) {
    return undefined;
  }
  const asGlob = expressionOfGlob(pattern, 'pattern');
  const missed = pattern.replaceAll('*', '1');
  return isTag(missed) &&
    matches(asGlob, missed) === true &&
    matches(pattern, missed) === false
    ? ruleReasons.patternLikeGlob(pattern, missed, asGlob)
    : undefined;
}

/** The reason with the first example that the pattern takes and the strict one doesn't. */
function confirmed(
  pattern: string,
  examples: string[],
  strict: string,
  toReason: typeof ruleReasons.patternLooser,
): Reason | undefined {
  const example = examples.find(
    tag =>
      isTag(tag) &&
      matches(pattern, tag) === true &&
      matches(strict, tag) === false,
  );
  return example === undefined ? undefined : toReason(pattern, example, strict);
}

/** The text an expression of plain characters stands for. */
function plainText(expression: string): string {
  return expression.replace(/^\^/, '').replace(/\$$/, '').replace(/\\/g, '');
}

/** Undefined when the expression cannot be read. */
function matches(pattern: string, tag: string): boolean | undefined {
  try {
    return compilePattern(pattern, 'pattern').test(tag);
  } catch (error) {
    if (error instanceof InvalidRuleError) {
      return undefined;
    }
    throw error;
  }
}
