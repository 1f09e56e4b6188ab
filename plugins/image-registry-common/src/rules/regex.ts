import { RE2JS, RE2JSSyntaxException } from 're2js';
import { isTag } from '../reference';
import { isArtifactTag } from './artifactTags';
import {
  compareCandidates,
  compareText,
  compareTimes,
  pushTime,
} from './candidateOrder';
import { CompiledRule } from './CompiledRule';
import { InvalidRuleError } from './InvalidRuleError';
import { ruleReasons } from './reasons';
import { TagRule } from './tagRule';

/**
 * Tags that an RE2 expression matches as a whole, in time linear in the tag;
 * newer is what was pushed later.
 */
export function compileRegex(
  rule: Extract<TagRule, { kind: 'regex' }>,
): CompiledRule {
  const { pattern } = rule;
  const expression = compilePattern(pattern);
  const matches = {
    accepted: true,
    reason: ruleReasons.patternMatches(pattern),
  };
  const differs = {
    accepted: false,
    reason: ruleReasons.patternDiffers(pattern),
  };
  const artifact = { accepted: false, reason: ruleReasons.tagIsArtifact() };
  const invalid = { accepted: false, reason: ruleReasons.tagInvalid() };

  const test: CompiledRule['test'] = tag => {
    if (!isTag(tag)) {
      return invalid;
    }
    if (isArtifactTag(tag)) {
      return artifact;
    }
    return expression.testExact(tag) ? matches : differs;
  };
  const compiled: CompiledRule = {
    rule,
    ordered: false,
    test,
    key: candidate =>
      test(candidate.tag).accepted
        ? { candidate, order: pushTime(candidate) }
        : undefined,
    compareKeys: (a, b) =>
      compareTimes(a.order ?? -Infinity, b.order ?? -Infinity) ||
      compareText(a.candidate.tag, b.candidate.tag) ||
      compareText(a.candidate.digest, b.candidate.digest),
    compare: (a, b) => compareCandidates(compiled, a, b),
    describe: () => `the tag pushed last of those that match ${pattern}`,
  };
  return compiled;
}

function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) {
      const part = error.getPattern() ?? '';
      const problem = error.getDescription();
      throw new InvalidRuleError(
        'pattern',
        ruleReasons.invalidPattern(
          part === '' || part === pattern ? problem : `${problem}: ${part}`,
        ),
        positionOf(pattern, part, problem),
      );
    }
    throw error;
  }
}

/** RE2 names the part that is wrong but not its place. */
function positionOf(pattern: string, part: string, problem: string): number {
  const parenthesis = unbalancedParenthesis(pattern);
  if (part === pattern && parenthesis !== undefined) {
    return parenthesis;
  }
  if (part !== '') {
    return Math.max(pattern.indexOf(part), 0);
  }
  return problem.includes('end of expression') ? pattern.length - 1 : 0;
}

function unbalancedParenthesis(pattern: string): number | undefined {
  const open: number[] = [];
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') {
      at++;
    } else if (inClass) {
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
    } else if (character === '(') {
      open.push(at);
    } else if (character === ')' && open.pop() === undefined) {
      return at;
    }
  }
  return open.pop();
}
