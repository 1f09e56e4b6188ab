import { isTag } from '../reference';
import { compareCandidates, comparePushes } from './candidateOrder';
import { CompiledRule } from './CompiledRule';
import { InvalidRuleError } from './InvalidRuleError';
import { ruleReasons } from './reasons';
import { TagRule } from './tagRule';

/** Follows one tag; a new digest under it is newer. */
export function compileSameTag(
  rule: Extract<TagRule, { kind: 'same-tag' }>,
): CompiledRule {
  const { tag } = rule;
  if (!isTag(tag)) {
    throw new InvalidRuleError('tag', ruleReasons.invalidTag(tag), 0);
  }
  const followed = { accepted: true, reason: ruleReasons.tagIsFollowed(tag) };
  const other = { accepted: false, reason: ruleReasons.tagIsOther(tag) };
  const compiled: CompiledRule = {
    rule,
    ordered: true,
    test: text => (text === tag ? followed : other),
    key: candidate => (candidate.tag === tag ? { candidate } : undefined),
    compareKeys: (a, b) => comparePushes(a.candidate, b.candidate),
    compare: (a, b) => compareCandidates(compiled, a, b),
    describe: () => `the tag ${tag}`,
  };
  return compiled;
}
