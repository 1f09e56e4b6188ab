import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  TagRule,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageDeployTranslationRef } from '../translation';
import { useRuleWords } from './useRuleWords';

/** The sentence that a policy means. */
export function usePolicySentence(): (
  rule: TagRule,
  enabled: boolean,
  target: Target,
) => string {
  const { t } = useTranslationRef(imageDeployTranslationRef);
  const ruleWords = useRuleWords();
  return (rule, enabled, target) => {
    const values = {
      rule: ruleWords(rule),
      workload: target.ref.name,
      environment: target.environment ?? t('lanes.other'),
    };
    if (!enabled) {
      return t('sentence.off', values);
    }
    switch (rule.kind) {
      case 'same-tag':
        return t('sentence.sameTag', values);
      case 'list':
      case 'regex':
      case 'glob':
      case 'newest-pushed':
        return t('sentence.regex', values);
      case 'newest-created':
        return t('sentence.newestCreated', values);
      case 'semver':
        return t('sentence.semver', values);
      default:
        return t('sentence.ordered', values);
    }
  };
}
