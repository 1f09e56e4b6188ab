import { useApi } from '@backstage/core-plugin-api';
import {
  appLanguageApiRef,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import { useState } from 'react';
import useObservable from 'react-use/esm/useObservable';
import { appTranslationRef } from '../translations/translation';

/** Name of a language in that language. */
function nameOf(language: string) {
  return (
    new Intl.DisplayNames([language], { type: 'language' }).of(language) ??
    language
  );
}

/** Lets a person read the sign-in page in another language of the portal. */
export function LanguageSwitch() {
  const languageApi = useApi(appLanguageApiRef);
  const { t } = useTranslationRef(appTranslationRef);
  const [language$] = useState(() => languageApi.language$());
  const { language } = useObservable(language$, languageApi.getLanguage());
  const { languages } = languageApi.getAvailableLanguages();

  return (
    <ButtonGroup size="small" aria-label={t('layout.language')}>
      {languages.map(each => (
        <Button
          key={each}
          lang={each}
          variant={each === language ? 'contained' : 'outlined'}
          aria-pressed={each === language}
          onClick={() => languageApi.setLanguage(each)}
        >
          {nameOf(each)}
        </Button>
      ))}
    </ButtonGroup>
  );
}
