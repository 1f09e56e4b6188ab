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

/** Takes back a rollout that has not begun, or was not written yet. */
export function CancelButton({ rollout }: { rollout: Rollout }) {
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { rights, refetch } = useDeploymentsContext();
  const { run, busy, error } = useAction(async () => {
    await api.cancelRollout(rollout.id);
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
        {t('active.cancel')}
      </GuardedButton>
      {error && <ErrorPanel error={error} title={t('active.cancelFailed')} />}
    </>
  );
}
