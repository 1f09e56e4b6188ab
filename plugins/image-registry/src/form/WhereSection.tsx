import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';
import {
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { FormSection } from './FormSection';
import { MissingModule } from './MissingModule';
import { ReadDraft } from './readDraft';
import { RegistryDraft } from './RegistryDraft';
import { useProviderLabels } from './useProviderLabels';

interface WhereSectionProps {
  draft: RegistryDraft;
  reading: ReadDraft;
  providers: ProviderDescriptor[];
  /** The kind of a saved registry can't be changed. */
  kindFixed: boolean;
  onChange(changes: Partial<RegistryDraft>): void;
}

/** First step: name, address, kind, and the place that browsing is limited to. */
export function WhereSection(props: WhereSectionProps) {
  const { draft, reading, providers, kindFixed, onChange } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const reasonText = useReasonText();
  const { provider, addressProblem, address, missingModule } = reading;
  const labels = useProviderLabels(provider);
  const suggested =
    !kindFixed && !draft.chosenProvider && draft.address.trim() !== '';

  return (
    <FormSection title={t('form.where')}>
      <TextField
        id="registry-name"
        size="small"
        variant="outlined"
        required
        label={t('form.name')}
        helperText={t('form.nameHelper')}
        value={draft.name}
        onChange={event => onChange({ name: event.target.value })}
        inputProps={{ maxLength: 100 }}
      />
      <TextField
        id="registry-address"
        size="small"
        variant="outlined"
        required
        label={labels.address}
        placeholder={provider?.form.addressPlaceholder}
        error={addressProblem !== undefined}
        helperText={addressProblem && reasonText(addressProblem)}
        value={draft.address}
        onChange={event => onChange({ address: event.target.value })}
        inputProps={{ spellCheck: false, autoCapitalize: 'off' }}
      />
      {address && address.warnings.length > 0 && (
        <Alert severity={address.scheme === 'http' ? 'warning' : 'info'}>
          {address.warnings.map(warning => (
            <div key={warning.code}>{reasonText(warning)}</div>
          ))}
        </Alert>
      )}
      <TextField
        select
        id="registry-kind"
        size="small"
        variant="outlined"
        label={t('form.kind')}
        SelectProps={{ labelId: 'registry-kind-label' }}
        InputLabelProps={{ id: 'registry-kind-label' }}
        helperText={suggested ? t('form.kindSuggested') : undefined}
        disabled={kindFixed}
        value={provider?.id ?? ''}
        onChange={event =>
          onChange({
            chosenProvider: event.target.value,
            options: {},
            credentials: {},
          })
        }
      >
        {providers.map(({ id, title }) => (
          <MenuItem key={id} value={id}>
            {title}
          </MenuItem>
        ))}
      </TextField>
      {missingModule && !kindFixed && <MissingModule module={missingModule} />}
      <TextField
        id="registry-namespace"
        size="small"
        variant="outlined"
        label={labels.namespace}
        helperText={t('form.namespaceHelper')}
        value={draft.namespace}
        onChange={event => onChange({ namespace: event.target.value })}
        inputProps={{ spellCheck: false, autoCapitalize: 'off' }}
      />
    </FormSection>
  );
}
