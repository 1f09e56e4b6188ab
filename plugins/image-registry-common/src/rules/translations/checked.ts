import { Reason } from '../../reason';
import { compileRule } from '../compileRule';
import { InvalidRuleError } from '../InvalidRuleError';
import { TagRule, tagRuleSchema } from '../tagRule';
import { notes } from './notes';
import { RuleTranslation } from './RuleTranslation';

/** The translation with its rule, or with the note why that is none here. */
export function checkedTranslation(
  about: Pick<RuleTranslation, 'subject' | 'image'>,
  rule: TagRule,
  found: Reason[],
): RuleTranslation {
  const problem = problemOf(rule);
  return problem === undefined
    ? { ...about, rule, notes: found }
    : { ...about, notes: [notes.invalidRule(problem)] };
}

function problemOf(rule: TagRule): string | undefined {
  const parsed = tagRuleSchema.safeParse(rule);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue.path.join('.')}: ${issue.message}`;
  }
  try {
    compileRule(rule);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidRuleError) {
      return error.message;
    }
    throw error;
  }
}
