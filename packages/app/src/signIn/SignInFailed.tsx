import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { appTranslationRef } from '../translations/translation';

/** What went wrong, with the two ways on. */
export function SignInFailed(props: {
  error?: Error;
  onRetry(): void;
  onChooseAgain(): void;
}) {
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <div role="alert">
      <Typography variant="h2" component="h1" gutterBottom>
        {t('failed.title')}
      </Typography>
      <Typography paragraph>{props.error?.message}</Typography>
      <Typography paragraph>{t('failed.hint')}</Typography>
      <Button variant="contained" color="primary" onClick={props.onRetry}>
        {t('failed.retry')}
      </Button>{' '}
      <Button onClick={props.onChooseAgain}>{t('failed.chooseAgain')}</Button>
    </div>
  );
}
