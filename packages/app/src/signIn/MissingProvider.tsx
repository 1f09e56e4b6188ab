import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { appTranslationRef } from '../translations/translation';

/** What a production portal shows until somebody configures a provider. */
export function MissingProvider() {
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <>
      <Typography variant="h2" component="h1" gutterBottom>
        {t('missingProvider.title')}
      </Typography>
      <Typography>{t('missingProvider.description')}</Typography>
    </>
  );
}
