import { useApi } from '@backstage/core-plugin-api';
import Alert from '@material-ui/lab/Alert';
import {
  Policy,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';

/** The reason that a person can overrule: tags are gone from the listing. */
const LISTING_SHRUNK = 'listing-shrunk';

/** Why a policy cannot deploy now, and what a person can say to it. */
export function BlockedPolicy(props: {
  policy: Policy;
  blocked: Reason;
  deniedReason?: string;
}) {
  const { policy, blocked, deniedReason } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { refetch } = useDeploymentsContext();
  const { run, busy, error } = useAction(async () => {
    await api.acceptListing(policy.id);
    refetch();
  });
  return (
    <>
      <Alert
        severity="error"
        action={
          blocked.code === LISTING_SHRUNK && (
            <GuardedButton
              color="inherit"
              size="small"
              disabled={busy}
              deniedReason={deniedReason}
              onClick={run}
            >
              {t('autoDeploy.acceptListing')}
            </GuardedButton>
          )
        }
      >
        <ReasonText reason={blocked} />
      </Alert>
      {error && (
        <ErrorPanel error={error} title={t('autoDeploy.acceptFailed')} />
      )}
    </>
  );
}
