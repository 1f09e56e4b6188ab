import { ReactNode, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { ErrorPanel } from './ErrorPanel';

/** @public */
export interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The verb on the button, for example "Delete". */
  confirmLabel: string;
  /** Nothing can be confirmed yet, or not at all. */
  confirmDisabled?: boolean;
  /** What a failure is called, for example "company was not deleted". */
  errorTitle: string;
  /** The dialog stays open with the sentence when this rejects. */
  onConfirm(): Promise<void>;
  onClose(): void;
  /** Shown under the error, for example the list of uses. */
  renderError?(error: Error): ReactNode;
}

/**
 * Asks before something that can't be undone.
 *
 * @public
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, children, confirmLabel, errorTitle } = props;
  const { onConfirm, onClose, renderError } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const close = () => {
    setError(undefined);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onClose={close}
      aria-labelledby={titleId}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        {children}
        {error && <ErrorPanel error={error} title={errorTitle} />}
        {error && renderError?.(error)}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('action.cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          onClick={confirm}
          disabled={busy || props.confirmDisabled}
        >
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
