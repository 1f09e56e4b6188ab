import { useId } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import {
  ProviderDescriptor,
  Registry,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  ReasonText,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { WebhookRecipe } from './WebhookRecipe';

interface SecretDialogProps {
  created: WebhookEndpointSecret;
  registry: Registry;
  provider?: ProviderDescriptor;
  onClose(): void;
}

/** Shows a webhook secret, this once, where it belongs. */
export function SecretDialog(props: SecretDialogProps) {
  const { created, registry, provider, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const titleId = useId();
  const { endpoint, secret, urlWithToken } = created;
  const inUrl = ['url', 'oidc', 'sns'].includes(endpoint.authentication);
  const url = inUrl ? urlWithToken : endpoint.url;

  return (
    <Dialog
      open
      // A click beside it must not throw the secret away.
      onClose={(_, reason) => reason !== 'backdropClick' && onClose()}
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('webhooks.secretTitle', { name: endpoint.name })}
      </DialogTitle>
      <DialogContent>
        <Alert severity="warning">{t('webhooks.secretOnce')}</Alert>
        {endpoint.urlWarning && (
          <Alert severity="warning">
            <ReasonText reason={endpoint.urlWarning} />
          </Alert>
        )}
        <SectionTitle>{t('webhooks.url')}</SectionTitle>
        <CodeBlock text={url} what={t('webhooks.url')} />
        {!inUrl && (
          <>
            <SectionTitle>{t('webhooks.secret')}</SectionTitle>
            <CodeBlock text={secret} what={t('webhooks.secret')} />
          </>
        )}
        {provider?.webhook && (
          <>
            <SectionTitle>
              {t('webhooks.recipe', { vendor: provider.title })}
            </SectionTitle>
            <WebhookRecipe
              recipe={provider.webhook}
              url={url}
              registry={registry}
              repositories={endpoint.repositories}
              secret={secret}
            />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          {t('webhooks.secretStored')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
