import { useApi } from '@backstage/core-plugin-api';
import {
  Target,
  turnOnPolicy,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';
import { needsConsent } from './fieldOwners';

/**
 * Follows the tag that runs, with one press; asks first where there is
 * something to be asked.
 */
export function TurnOnButton(props: { target: Target; deniedReason?: string }) {
  const { target, deniedReason } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, refetch } = useDeploymentsContext();
  const policy = needsConsent(target)
    ? undefined
    : turnOnPolicy(entityRef, target);
  const { run, busy, error } = useAction(async () => {
    if (!policy) {
      location.open('auto-deploy', { targetKey: target.key });
      return;
    }
    await api.createPolicy(policy);
    refetch();
  });
  return (
    <>
      <GuardedButton
        size="small"
        disabled={busy}
        deniedReason={deniedReason}
        onClick={run}
      >
        {policy ? t('autoDeploy.turnOn') : t('autoDeploy.turnOnAsking')}
      </GuardedButton>
      {error && (
        <ErrorPanel error={error} title={t('autoDeploy.turnOnFailed')} />
      )}
    </>
  );
}
