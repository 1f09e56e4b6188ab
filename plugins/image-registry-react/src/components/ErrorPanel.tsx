import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { useErrorText } from './useErrorText';

/** @public */
export interface ErrorPanelProps {
  error: Error;
  /** What could not be done; else "This could not be loaded". */
  title?: string;
  onRetry?(): void;
}

/**
 * What went wrong, in the language of the page, and a way to try again.
 *
 * @public
 */
export function ErrorPanel({ error, title, onRetry }: ErrorPanelProps) {
  const t = useTranslate(imageRegistryTranslationRef);
  const errorText = useErrorText();
  return (
    <Alert
      severity="error"
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{title ?? t('error.title')}</AlertTitle>
      {errorText(error)}
    </Alert>
  );
}
