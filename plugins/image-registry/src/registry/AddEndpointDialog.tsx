import { FormEvent, useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  ProviderDescriptor,
  Registry,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { ChipsField, ProviderField } from '../form';
import { imageRegistryPageTranslationRef } from '../translation';

interface AddEndpointDialogProps {
  registry: Registry;
  provider?: ProviderDescriptor;
  onCreated(created: WebhookEndpointSecret): void;
  onClose(): void;
}

/** Makes a webhook endpoint. */
export function AddEndpointDialog(props: AddEndpointDialogProps) {
  const { registry, provider, onCreated, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const titleId = useId();
  const fields = provider?.webhook?.settings ?? [];
  const [name, setName] = useState('');
  const [repositories, setRepositories] = useState<string[]>([]);
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      onCreated(
        await api.createWebhookEndpoint(registry.id, {
          name: name.trim(),
          ...(repositories.length > 0 && { repositories }),
          ...(Object.values(settings).some(Boolean) && { settings }),
        }),
      );
      onClose();
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
    >
      <form onSubmit={create}>
        <DialogTitle id={titleId}>{t('webhooks.addTitle')}</DialogTitle>
        <DialogContent>
          <TextField
            id="endpoint-name"
            size="small"
            variant="outlined"
            margin="normal"
            fullWidth
            required
            label={t('webhooks.name')}
            helperText={t('webhooks.nameHelper')}
            value={name}
            onChange={event => setName(event.target.value)}
            inputProps={{ maxLength: 100 }}
          />
          <ChipsField
            label={t('webhooks.repositories')}
            helperText={t('webhooks.repositoriesHelper')}
            values={repositories}
            onChange={setRepositories}
          />
          {fields.length > 0 && (
            <Typography variant="body2" color="textSecondary">
              {t('webhooks.signatureHelper', { vendor: provider?.title ?? '' })}
            </Typography>
          )}
          {fields.map(field => (
            <ProviderField
              key={field.name}
              field={{ ...field, required: false }}
              value={settings[field.name]}
              onChange={value =>
                setSettings({ ...settings, [field.name]: String(value) })
              }
            />
          ))}
          {error && (
            <ErrorPanel error={error} title={t('webhooks.notCreated')} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{shared('action.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={name.trim() === '' || busy}
          >
            {t('webhooks.create')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
