import { useApi } from '@backstage/core-plugin-api';
import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';

/** Code of the reason with which an approval that came too late ends. */
const APPROVAL_LAPSED = 'approval-lapsed';

/** Whether nobody approved a rollout in time. */
export function isLapsed({ state, reason }: Rollout): boolean {
  return state === 'rejected' && reason?.code === APPROVAL_LAPSED;
}

/**
 * Asks for approval once more: the policy for what is newest now, so that
 * whoever asks may approve it; a person for the same image.
 */
export function AskAgainButton({ rollout }: { rollout: Rollout }) {
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { policies, rights, refetch } = useDeploymentsContext();
  const policy = policies.find(({ id }) => id === rollout.policyId);
  const { run, busy, error } = useAction(async () => {
    await (policy
      ? api.evaluatePolicy(policy.id)
      : api.retryRollout(rollout.id));
    refetch();
  });
  return (
    <>
      <GuardedButton
        size="small"
        disabled={busy}
        deniedReason={policy ? rights.policy : rights.deploy}
        onClick={run}
      >
        {t('history.askAgain')}
      </GuardedButton>
      {error && (
        <ErrorPanel error={error} title={t('history.askAgainFailed')} />
      )}
    </>
  );
}
