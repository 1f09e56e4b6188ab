import { expressionOfGlob } from './patterns/glob';
import { readExpression } from './patterns/readExpression';
import { startOfExpression } from './patterns/startOfExpression';
import { TagRule } from './tagRule';

/**
 * The text that every tag begins with that a rule takes; empty when nothing is
 * known of it. Of many rules, only those need to be asked whose text a tag
 * begins with.
 *
 * @throws InvalidRuleError when the rule is none
 */
export function startOfTags(rule: TagRule): string {
  switch (rule.kind) {
    case 'same-tag':
      return rule.tag;
    case 'regex':
      return startOfPattern(rule.pattern);
    case 'glob':
      return startOfPattern(expressionOfGlob(rule.pattern, 'pattern'));
    default:
      return 'key' in rule && rule.key ? startOfPattern(rule.key.pattern) : '';
  }
}

function startOfPattern(pattern: string): string {
  const read = readExpression(pattern);
  return read ? startOfExpression(read.expression) : '';
}
