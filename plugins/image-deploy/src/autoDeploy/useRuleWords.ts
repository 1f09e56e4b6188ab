import { TagRule } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** What a rule takes, as a part of a sentence: "the tag stable". */
export function useRuleWords(): (rule: TagRule) => string {
  const t = useTranslate(imageDeployTranslationRef);
  return rule => {
    switch (rule.kind) {
      case 'same-tag':
        return t('rule.sameTag', { tag: rule.tag });
      case 'regex':
        return t('rule.regex', { pattern: rule.pattern });
      case 'semver':
        return t('rule.semver', { range: rule.range });
      case 'list':
        return t('rule.list', { tags: rule.tags.join(', ') });
      case 'glob':
        return t('rule.regex', { pattern: rule.pattern });
      case 'calver':
        return t('rule.calver', { format: rule.format });
      default:
        return t(`rule.words.${rule.kind}`);
    }
  };
}
