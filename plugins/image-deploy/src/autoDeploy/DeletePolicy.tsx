import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { Policy } from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  GuardedButton,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Deletes a policy after a yes. */
export function DeletePolicy(props: { policy: Policy; deniedReason?: string }) {
  const { policy, deniedReason } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { refetch } = useDeploymentsContext();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <GuardedButton
        variant="outlined"
        deniedReason={deniedReason}
        onClick={() => setAsking(true)}
      >
        {t('autoDeploy.delete')}
      </GuardedButton>
      <ConfirmDialog
        open={asking}
        title={t('autoDeploy.deleteTitle')}
        confirmLabel={t('autoDeploy.deleteConfirm')}
        errorTitle={t('autoDeploy.deleteFailed')}
        onConfirm={async () => {
          await api.deletePolicy(policy.id);
          refetch();
        }}
        onClose={() => setAsking(false)}
      >
        <Typography>{t('autoDeploy.deleteExplanation')}</Typography>
      </ConfirmDialog>
    </>
  );
}
