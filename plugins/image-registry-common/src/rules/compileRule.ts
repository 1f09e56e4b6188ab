import { CompiledRule } from './CompiledRule';
import { compileRegex } from './regex';
import { compileSameTag } from './sameTag';
import { compileSemver } from './semver';
import { TagRule } from './tagRule';

/**
 * Checks a rule and makes it ready for use.
 * @throws InvalidRuleError naming the field and the place in it
 */
export function compileRule(rule: TagRule): CompiledRule {
  switch (rule.kind) {
    case 'same-tag':
      return compileSameTag(rule);
    case 'regex':
      return compileRegex(rule);
    case 'semver':
      return compileSemver(rule);
    default:
      return unknownRule(rule);
  }
}

function unknownRule(rule: never): never {
  throw new Error(`Unknown kind of rule: ${JSON.stringify(rule)}`);
}
