import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { imageRegistryApiRef } from '../api';
import { ConfirmDialog, personName } from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { EndField, endOf } from './EndField';

/**
 * Asks why and until when, and stops all deploys of a component, or all there
 * are.
 *
 * @public
 */
export function FreezeDialog(props: {
  /** Absent: everything. */
  entityRef?: string;
  onFrozen(): void;
  onClose(): void;
}) {
  const { entityRef, onFrozen, onClose } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageRegistryTranslationRef);
  const [reason, setReason] = useState('');
  const [end, setEnd] = useState('');
  return (
    <ConfirmDialog
      open
      title={
        entityRef
          ? t('freeze.componentTitle', { component: personName(entityRef) })
          : t('freeze.allTitle')
      }
      confirmLabel={t('freeze.confirm')}
      errorTitle={t('freeze.failed')}
      onConfirm={async () => {
        if (reason.trim() === '') {
          throw new Error(t('freeze.reasonNeeded'));
        }
        const endsAt = endOf(end);
        if (endsAt && Date.parse(endsAt) <= Date.now()) {
          throw new Error(t('end.past'));
        }
        await api.putFreeze({ entityRef, reason: reason.trim(), endsAt });
        onFrozen();
      }}
      onClose={onClose}
    >
      <Typography gutterBottom>{t('freeze.explanation')}</Typography>
      <TextField
        id="image-registry-freeze-reason"
        label={t('freeze.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
        inputProps={{ maxLength: 500 }}
        variant="outlined"
        margin="dense"
        fullWidth
        required
      />
      <EndField id="image-registry-freeze-end" value={end} onChange={setEnd} />
    </ConfirmDialog>
  );
}
