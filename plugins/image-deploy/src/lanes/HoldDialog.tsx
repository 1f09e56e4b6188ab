import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  EndField,
  endOf,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Asks why, and stops the automation on a target. */
export function HoldDialog({ target }: { target: Target }) {
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, refetch } = useDeploymentsContext();
  const [reason, setReason] = useState('');
  const [end, setEnd] = useState('');
  return (
    <ConfirmDialog
      open
      title={t('hold.title', { workload: target.ref.name })}
      confirmLabel={t('hold.confirm')}
      errorTitle={t('hold.failed')}
      onConfirm={async () => {
        if (reason.trim() === '') {
          throw new Error(t('hold.reasonNeeded'));
        }
        await api.createHold({
          entityRef,
          target: target.ref,
          reason: reason.trim(),
          expiresAt: endOf(end),
        });
        refetch();
      }}
      onClose={location.close}
    >
      <Typography gutterBottom>{t('hold.explanation')}</Typography>
      <TextField
        id="image-deploy-hold-reason"
        label={t('hold.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
        inputProps={{ maxLength: 500 }}
        variant="outlined"
        margin="dense"
        fullWidth
        required
      />
      <EndField id="image-deploy-hold-end" value={end} onChange={setEnd} />
    </ConfirmDialog>
  );
}
