import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  Person,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useRuleWords } from '../autoDeploy/useRuleWords';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Who or what caused a rollout. */
export function CauseText({ rollout }: { rollout: Rollout }) {
  const t = useTranslate(imageDeployTranslationRef);
  const ruleWords = useRuleWords();
  const { policies } = useDeploymentsContext();
  const author = <Person entityRef={rollout.author} />;
  const policy = policies.find(({ id }) => id === rollout.policyId);
  switch (rollout.cause) {
    case 'policy':
      return (
        <>
          {policy
            ? t('cause.policy', { rule: ruleWords(policy.rule), author })
            : t('cause.policyGone', { author })}
        </>
      );
    case 'rollback':
      return <>{t('cause.rollback', { author })}</>;
    case 'retry':
      return <>{t('cause.retry', { author })}</>;
    case 'outside':
      return (
        <>
          {rollout.author
            ? t('cause.outside', { manager: rollout.author })
            : t('cause.outsideUnknown')}
        </>
      );
    default:
      return <>{t('cause.person', { author })}</>;
  }
}
