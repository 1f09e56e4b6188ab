import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  PendingApproval,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryApiRef } from '../api';
import {
  ConfirmDialog,
  DigestText,
  GuardedButton,
  imageLabel,
  personName,
  useReasonText,
} from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

interface AnswerProps {
  rollout: Rollout;
  onAnswered(): void;
  onClose(): void;
}

/** Approve and reject, or why the person may not. */
export function ApprovalButtons(props: {
  rollout: Rollout;
  /** Absent while it is not known. */
  approvable?: PendingApproval['approvable'];
  onAnswered(): void;
}) {
  const { rollout, approvable, onAnswered } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const reasonText = useReasonText();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const refusal = approvable?.reason
    ? reasonText(approvable.reason)
    : t('approval.notYours');
  const mayNot = approvable ? refusal : t('approval.loading');
  const deniedReason = approvable?.ok ? undefined : mayNot;
  const answer = { rollout, onAnswered, onClose: () => setAsking(undefined) };
  return (
    <>
      <GuardedButton
        size="small"
        variant="contained"
        color="primary"
        deniedReason={deniedReason}
        onClick={() => setAsking('approve')}
      >
        {t('approval.approve')}
      </GuardedButton>
      <GuardedButton
        size="small"
        variant="outlined"
        deniedReason={deniedReason}
        onClick={() => setAsking('reject')}
      >
        {t('approval.reject')}
      </GuardedButton>
      {asking === 'approve' && <ApproveDialog {...answer} />}
      {asking === 'reject' && <RejectDialog {...answer} />}
    </>
  );
}

function useNames({ image, entityRef }: Rollout) {
  return { image: imageLabel(image), component: personName(entityRef) };
}

function ApproveDialog({ rollout, onAnswered, onClose }: AnswerProps) {
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageRegistryTranslationRef);
  const [note, setNote] = useState('');
  const digest = rollout.approval?.digest ?? rollout.image.digest ?? '';
  return (
    <ConfirmDialog
      open
      title={t('approval.approveTitle', useNames(rollout))}
      confirmLabel={t('approval.approve')}
      errorTitle={t('approval.approveFailed')}
      onConfirm={async () => {
        await api.approveRollout(rollout.id, {
          digest,
          note: note.trim() || undefined,
        });
        onAnswered();
      }}
      onClose={onClose}
    >
      <Typography gutterBottom>{t('approval.approveExplanation')}</Typography>
      <DigestText digest={digest} />
      <TextField
        id="image-registry-approval-note"
        label={t('approval.note')}
        value={note}
        onChange={event => setNote(event.target.value)}
        inputProps={{ maxLength: 500 }}
        variant="outlined"
        margin="dense"
        fullWidth
      />
    </ConfirmDialog>
  );
}

function RejectDialog({ rollout, onAnswered, onClose }: AnswerProps) {
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageRegistryTranslationRef);
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      open
      title={t('approval.rejectTitle', useNames(rollout))}
      confirmLabel={t('approval.rejectConfirm')}
      errorTitle={t('approval.rejectFailed')}
      onConfirm={async () => {
        if (reason.trim() === '') {
          throw new Error(t('approval.rejectReasonNeeded'));
        }
        await api.rejectRollout(rollout.id, { reason: reason.trim() });
        onAnswered();
      }}
      onClose={onClose}
    >
      <TextField
        id="image-registry-rejection-reason"
        label={t('approval.rejectReason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
        inputProps={{ maxLength: 500 }}
        variant="outlined"
        margin="dense"
        fullWidth
        required
      />
    </ConfirmDialog>
  );
}
