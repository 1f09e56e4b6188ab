import { FormEvent, useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  InstalledWebhook,
  ProviderDescriptor,
  Registry,
  WebhookEndpoint,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useProviderLabels } from '../form';
import { imageRegistryPageTranslationRef } from '../translation';

interface InstallWebhookDialogProps {
  endpoint: WebhookEndpoint;
  registry: Registry;
  provider: ProviderDescriptor;
  /** The endpoint has a new secret. */
  onInstalled(): void;
  onClose(): void;
}

/** Has the vendor make the webhook, where its API can. */
export function InstallWebhookDialog(props: InstallWebhookDialogProps) {
  const { endpoint, registry, provider, onInstalled, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const labels = useProviderLabels(provider);
  const titleId = useId();
  const [place, setPlace] = useState(registry.namespace ?? '');
  const [made, setMade] = useState<InstalledWebhook>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const install = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const installed = await api.installWebhook(
        registry.id,
        endpoint.id,
        place.trim() ? { place: place.trim() } : {},
      );
      setMade(installed);
      onInstalled();
    } catch (failure) {
      setError(failure as Error);
    } finally {
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
      <form onSubmit={install}>
        <DialogTitle id={titleId}>
          {t('webhooks.installTitle', { vendor: provider.title })}
        </DialogTitle>
        <DialogContent>
          {made === undefined ? (
            <>
              <Typography paragraph>
                {t('webhooks.installText', { vendor: provider.title })}
              </Typography>
              <TextField
                id="webhook-place"
                size="small"
                variant="outlined"
                margin="normal"
                fullWidth
                label={labels.namespace}
                helperText={t('webhooks.installPlaceHelper')}
                value={place}
                onChange={event => setPlace(event.target.value)}
                inputProps={{ maxLength: 255, spellCheck: false }}
              />
              {error && (
                <ErrorPanel error={error} title={t('webhooks.notInstalled')} />
              )}
            </>
          ) : (
            <Alert severity="success">
              {t('webhooks.installed')}{' '}
              {made.where ? <ReasonText reason={made.where} /> : made.location}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>
            {made === undefined
              ? shared('action.cancel')
              : shared('action.close')}
          </Button>
          {made === undefined && (
            <Button
              type="submit"
              variant="contained"
              color="primary"
              disabled={busy}
            >
              {t('webhooks.install')}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
