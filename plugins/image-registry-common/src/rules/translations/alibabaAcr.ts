import { checkedTranslation } from './checked';
import { notes } from './notes';
import { RuleTranslation } from './RuleTranslation';

/** A trigger of a repository in Alibaba Cloud Container Registry. */
export interface AcrTrigger {
  /** `ALL`, `TAG_REG_EXP` or `TAG_LIST`; absent means all. */
  triggerType?: string;
  /** The expression, or the tags with commas between. */
  triggerTag?: string;
}

/**
 * Translates an ACR trigger.
 * https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-createrepotrigger
 */
export function translateAcr({
  triggerType = 'ALL',
  triggerTag = '',
}: AcrTrigger): RuleTranslation {
  switch (triggerType) {
    case 'ALL':
      return checkedTranslation({}, { kind: 'newest-pushed' }, [
        notes.anyTagByPush(),
        notes.noEventOrder(),
      ]);
    case 'TAG_REG_EXP':
      return checkedTranslation({}, { kind: 'regex', pattern: triggerTag }, [
        notes.wholeTag(),
        notes.noEventOrder(),
        notes.artifactsExcluded(),
      ]);
    // The documentation of the answer spells it the second way.
    case 'TAG_LIST':
    case 'TAG_LISTTAG':
      return checkedTranslation(
        {},
        { kind: 'list', tags: listedTags(triggerTag) },
        [notes.noEventOrder()],
      );
    default:
      return { notes: [notes.noEquivalent(triggerType)] };
  }
}

/** `a,b`, or the same as a JSON list. */
function listedTags(text: string): string[] {
  return text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map(tag => tag.trim().replace(/^"|"$/g, ''))
    .filter(tag => tag !== '');
}
