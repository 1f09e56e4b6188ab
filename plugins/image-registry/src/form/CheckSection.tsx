import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  ErrorPanel,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { CheckSteps } from './CheckSteps';
import { FormSection } from './FormSection';
import { ConnectionCheck } from './useConnectionCheck';

interface CheckSectionProps {
  check: ConnectionCheck;
  complete: boolean;
}

/** Third step: whether the portal can use this registry. */
export function CheckSection({ check, complete }: CheckSectionProps) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { running, result, error, run } = check;
  return (
    <FormSection title={t('form.check')}>
      <div aria-live="polite">
        {!complete && (
          <Typography variant="body2" color="textSecondary">
            {t('check.incomplete')}
          </Typography>
        )}
        {running && (
          <Typography variant="body2" component="div">
            <CircularProgress size={14} aria-hidden /> {t('check.running')}
          </Typography>
        )}
        {error && <ErrorPanel error={error} title={t('check.failed')} />}
        {result && <CheckSteps steps={result.steps} />}
        {result && !result.ok && (
          <Alert severity="warning">{t('check.saveAnywayHelper')}</Alert>
        )}
      </div>
      {complete && !running && (
        <div>
          <Button size="small" variant="outlined" onClick={run}>
            {result || error ? t('check.again') : t('check.now')}
          </Button>
        </div>
      )}
    </FormSection>
  );
}
