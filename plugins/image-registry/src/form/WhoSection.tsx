import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import {
  ProviderDescriptor,
  Registry,
  SIGN_IN_OPTION,
  SignInMethod,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { FormSection } from './FormSection';
import { ProviderField } from './ProviderField';
import { ReadDraft } from './readDraft';
import { RegistryDraft } from './RegistryDraft';

interface WhoSectionProps {
  draft: RegistryDraft;
  reading: ReadDraft;
  provider: ProviderDescriptor;
  registry?: Registry;
  onChange(changes: Partial<RegistryDraft>): void;
}

/** The options that belong to every way to sign in. */
function withoutFieldsOf(
  { form }: ProviderDescriptor,
  options: RegistryDraft['options'],
): RegistryDraft['options'] {
  const shared = form.fields.filter(({ method }) => method === undefined);
  return Object.fromEntries(
    Object.entries(options).filter(([name]) =>
      shared.some(field => field.name === name),
    ),
  );
}

/** Second step: the vendor's own fields, in its own words. */
export function WhoSection(props: WhoSectionProps) {
  const { draft, reading, provider, registry, onChange } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { fields, method } = reading;
  const { anonymous, methods = [] } = provider.form;
  const language = useLanguage();
  const chosen = methods.find(({ id }) => id === method);
  const wordsOf = (each: SignInMethod) => each.translations?.[language] ?? each;
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
          host={reading.address?.host}
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
      {!draft.anonymous && methods.length > 1 && (
        <TextField
          select
          id="registry-sign-in"
          size="small"
          variant="outlined"
          label={t('form.signInWith')}
          helperText={chosen && wordsOf(chosen).helperText}
          SelectProps={{ labelId: 'registry-sign-in-label' }}
          InputLabelProps={{ id: 'registry-sign-in-label' }}
          value={method ?? ''}
          onChange={event =>
            onChange({
              options: {
                ...withoutFieldsOf(provider, draft.options),
                [SIGN_IN_OPTION]: event.target.value,
              },
              credentials: {},
            })
          }
        >
          {methods.map(each => (
            <MenuItem key={each.id} value={each.id}>
              {wordsOf(each).label}
            </MenuItem>
          ))}
        </TextField>
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
