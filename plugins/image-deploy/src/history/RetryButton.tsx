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

/** Deploys the same digest once more. */
export function RetryButton(props: { rollout: Rollout; label: string }) {
  const { rollout, label } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { rights, refetch } = useDeploymentsContext();
  const { run, busy, error } = useAction(async () => {
    await api.retryRollout(rollout.id);
    refetch();
  });
  return (
    <>
      <GuardedButton
        size="small"
        disabled={busy}
        deniedReason={rights.deploy}
        onClick={run}
      >
        {label}
      </GuardedButton>
      {error && <ErrorPanel error={error} title={t('history.retryFailed')} />}
    </>
  );
}
