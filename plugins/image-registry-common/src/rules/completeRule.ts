import { compareCandidates } from './candidateOrder';
import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';
import { InvalidRuleError } from './InvalidRuleError';
import { servesPlatform } from './platforms';
import { ruleReasons } from './reasons';
import { platformPattern } from './tagRule';

/** A rule that looks at names only. */
export type NamingRule = Omit<
  CompiledRule,
  'judge' | 'isOpen' | 'compare' | 'key'
> & {
  /** Undefined when the rule does not take the name. */
  keyOfName(candidate: TagCandidate): OrderKey | undefined;
};

/**
 * Adds what holds for every rule: what an image must run on.
 * @throws InvalidRuleError when a platform cannot be read
 */
export function completeRule(naming: NamingRule): CompiledRule {
  const { keyOfName, ...rule } = naming;
  const { platforms = [] } = rule.rule;
  platforms.forEach((platform, index) => {
    if (!platformPattern.test(platform)) {
      throw new InvalidRuleError(
        `platforms.${index}`,
        ruleReasons.invalidPlatform(platform),
        { position: 0, length: platform.length },
      );
    }
  });
  const wanted = platforms.join(', ');
  const missing = {
    accepted: false,
    reason: ruleReasons.platformMissing(wanted),
  };
  const misses = (candidate: TagCandidate): boolean => {
    const served = candidate.platforms;
    return (
      served !== undefined &&
      !platforms.every(platform => servesPlatform(served, platform))
    );
  };
  const completed: CompiledRule = {
    ...rule,
    ...(platforms.length > 0 && {
      scan: undefined,
      compareScanned: undefined,
      refusals: undefined,
    }),
    judge: candidate => {
      const verdict = rule.test(candidate.tag);
      return verdict.accepted && misses(candidate) ? missing : verdict;
    },
    isOpen: candidate =>
      platforms.length > 0 && candidate.platforms === undefined,
    key:
      platforms.length === 0
        ? keyOfName
        : candidate => {
            const key = keyOfName(candidate);
            return key && misses(candidate) ? undefined : key;
          },
    compare: (a, b) => compareCandidates(completed, a, b),
  };
  return completed;
}
