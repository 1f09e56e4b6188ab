import {
  TagRule,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useGateWords,
  useProtectionWords,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { PolicyMeaning } from './PolicySettings';
import { useRuleWords } from './useRuleWords';

/** The sentences that a policy means, with what its environment asks. */
export function usePolicySentence(): (
  meaning: PolicyMeaning,
  target: Target,
) => string {
  const t = useTranslate(imageDeployTranslationRef);
  const { running } = useDeploymentsContext();
  const ruleSentence = useRuleSentence();
  const gateWords = useGateWords();
  const protectionWords = useProtectionWords();
  return ({ rule, enabled, mode, gates, whenStopped }, target) => {
    const environment = target.environment ?? t('lanes.other');
    if (!enabled) {
      return t('sentence.off', { workload: target.ref.name, environment });
    }
    const { protection } =
      running.environments.find(({ name }) => name === target.environment) ??
      {};
    const asked = gateWords(gates);
    const floor = protection ? protectionWords(protection) : [];
    const sentences = [ruleSentence(rule, target)];
    if (mode === 'notify') {
      sentences.push(t('sentence.notify'));
    }
    if (mode === 'approve') {
      sentences.push(t('sentence.approve'));
    }
    if (asked.length > 0) {
      sentences.push(t('sentence.gates', { gates: asked.join(', ') }));
    }
    if (whenStopped === 'update') {
      sentences.push(t('sentence.update'));
    }
    if (floor.length > 0) {
      const words = floor.join('; ');
      sentences.push(t('sentence.protection', { environment, words }));
    }
    return sentences.join(' ');
  };
}

function useRuleSentence(): (rule: TagRule, target: Target) => string {
  const t = useTranslate(imageDeployTranslationRef);
  const ruleWords = useRuleWords();
  return (rule, target) => {
    const values = {
      rule: ruleWords(rule),
      workload: target.ref.name,
      environment: target.environment ?? t('lanes.other'),
    };
    if (rule.goBack) {
      return t('sentence.goBack', values);
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
