import { useApi } from '@backstage/core-plugin-api';
import { Policy } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';

/** Stops a saved policy at once, or lets it go on as it is saved. */
export function PausePolicy(props: {
  policy: Policy;
  deniedReason?: string;
  onChanged(enabled: boolean): void;
}) {
  const { policy, deniedReason, onChanged } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { refetch } = useDeploymentsContext();
  const { run, busy, error } = useAction(async () => {
    const { enabled } = await api.updatePolicy(policy.id, {
      version: policy.version,
      enabled: !policy.enabled,
    });
    onChanged(enabled);
    refetch();
  });
  return (
    <>
      <GuardedButton
        variant="outlined"
        disabled={busy}
        deniedReason={deniedReason}
        onClick={run}
      >
        {policy.enabled ? t('policy.pause') : t('policy.resume')}
      </GuardedButton>
      {error && <ErrorPanel error={error} title={t('policy.pauseFailed')} />}
    </>
  );
}
