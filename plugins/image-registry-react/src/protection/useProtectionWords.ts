import {
  ApprovalRule,
  HealthRule,
  Protection,
} from '@slipway/backstage-plugin-image-registry-common';
import { personName } from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { useGateWords } from './useGateWords';
import { useSpanText } from './useSpanText';
import { useWindowSentence } from './useWindowSentence';

/**
 * What an environment asks of every deploy, each as a part of a sentence;
 * empty when it asks for nothing.
 *
 * @public
 */
export function useProtectionWords(): (protection: Protection) => string[] {
  const t = useTranslate(imageRegistryTranslationRef);
  const gateWords = useGateWords();
  const windowSentence = useWindowSentence();
  const approvalWords = useApprovalWords();
  const healthWords = useHealthWords();
  return ({ approvals, windows, gates, health, emergencyGroup }) => [
    ...(approvals ? [approvalWords(approvals)] : []),
    ...(windows ?? []).map(windowSentence),
    ...(gates ? gateWords(gates) : []),
    ...(health ? healthWords(health) : []),
    ...(emergencyGroup
      ? [t('protect.emergency', { group: personName(emergencyGroup) })]
      : []),
  ];
}

function useApprovalWords(): (rule: ApprovalRule) => string {
  const t = useTranslate(imageRegistryTranslationRef);
  const spanText = useSpanText();
  return ({ count, group: ref, deadlineMs }) => {
    const group = ref ? personName(ref) : t('protect.owners');
    const approvals =
      count === 1
        ? t('protect.approvalOne', { group })
        : t('protect.approvalMore', { required: String(count), group });
    return deadlineMs
      ? t('protect.within', { approvals, span: spanText(deadlineMs) })
      : approvals;
  };
}

function useHealthWords(): (rule: HealthRule) => string[] {
  const t = useTranslate(imageRegistryTranslationRef);
  const spanText = useSpanText();
  return ({ soakMs, restartBudget, deadlineMs, rollBack }) => [
    ...(soakMs ? [t('protect.soak', { span: spanText(soakMs) })] : []),
    ...(restartBudget === undefined
      ? []
      : [t('protect.restarts', { restarts: String(restartBudget) })]),
    ...(deadlineMs
      ? [t('protect.deadline', { span: spanText(deadlineMs) })]
      : []),
    ...(rollBack ? [t('protect.rollBack')] : []),
  ];
}
