import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TagRule } from '@slipway/backstage-plugin-image-registry-common';
import { imageDeployTranslationRef } from '../translation';

/** What a rule takes, as a part of a sentence: "the tag stable". */
export function useRuleWords(): (rule: TagRule) => string {
  const { t } = useTranslationRef(imageDeployTranslationRef);
  return rule => {
    switch (rule.kind) {
      case 'same-tag':
        return t('rule.sameTag', { tag: rule.tag });
      case 'regex':
        return t('rule.regex', { pattern: rule.pattern });
      default:
        return t('rule.semver', { range: rule.range });
    }
  };
}
