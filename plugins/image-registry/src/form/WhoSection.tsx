import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Alert from '@material-ui/lab/Alert';
import {
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryPageTranslationRef } from '../translation';
import { FormSection } from './FormSection';
import { ProviderField } from './ProviderField';
import { ReadDraft, RegistryDraft } from './RegistryDraft';

interface WhoSectionProps {
  draft: RegistryDraft;
  reading: ReadDraft;
  provider: ProviderDescriptor;
  registry?: Registry;
  onChange(changes: Partial<RegistryDraft>): void;
}

/** Second step: the vendor's own fields, in its own words. */
export function WhoSection(props: WhoSectionProps) {
  const { draft, reading, provider, registry, onChange } = props;
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  const { fields, anonymous } = provider.form;
  const options = fields.filter(field => field.in === 'options');
  const credentials = fields.filter(field => field.in === 'credentials');
  const stored = registry?.hasCredentials ?? false;

  return (
    <FormSection title={t('form.who')}>
      {options.map(field => (
        <ProviderField
          key={field.name}
          field={field}
          value={draft.options[field.name]}
          onChange={value =>
            onChange({ options: { ...draft.options, [field.name]: value } })
          }
        />
      ))}
      {anonymous && (
        <FormControlLabel
          control={
            <Checkbox
              color="primary"
              checked={draft.anonymous}
              onChange={(_, checked) => onChange({ anonymous: checked })}
            />
          }
          label={t('form.anonymous')}
        />
      )}
      {stored && !draft.anonymous && (
        <Alert severity={reading.needsCredentialsAgain ? 'warning' : 'info'}>
          {reading.needsCredentialsAgain
            ? t('form.credentialsAgain')
            : t('form.credentialsStored', {
                name: registry?.username ?? t('form.unnamedAccount'),
              })}
        </Alert>
      )}
      {!draft.anonymous &&
        credentials.map(field => (
          <ProviderField
            key={field.name}
            field={stored ? { ...field, required: false } : field}
            value={draft.credentials[field.name]}
            onChange={value =>
              onChange({
                credentials: {
                  ...draft.credentials,
                  [field.name]: String(value),
                },
              })
            }
          />
        ))}
      {(reading.needsInsecureConsent || draft.allowInsecureCredentials) && (
        <Alert severity="warning">
          {t('form.insecureWarning')}
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={draft.allowInsecureCredentials}
                onChange={(_, checked) =>
                  onChange({ allowInsecureCredentials: checked })
                }
              />
            }
            label={t('form.insecureYes')}
          />
        </Alert>
      )}
    </FormSection>
  );
}
