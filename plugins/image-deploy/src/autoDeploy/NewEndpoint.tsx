import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { WebhookEndpointSecret } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** The address and secret of a new endpoint, which are shown this once. */
export function NewEndpoint(props: {
  made: WebhookEndpointSecret;
  onDone(): void;
}) {
  const { made, onDone } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const { endpoint } = made;
  return (
    <>
      <Alert severity="warning">{t('webhook.once')}</Alert>
      {endpoint.urlWarning && (
        <Alert severity="warning">
          <ReasonText reason={endpoint.urlWarning} />
        </Alert>
      )}
      <Typography variant="body2">{t('webhook.url')}</Typography>
      <CodeBlock text={endpoint.url} what={t('webhook.url')} />
      <Typography variant="body2">{t('webhook.secret')}</Typography>
      <CodeBlock text={made.secret} what={t('webhook.secret')} />
      <Typography variant="body2">{t('webhook.urlWithToken')}</Typography>
      <CodeBlock text={made.urlWithToken} what={t('webhook.urlWithToken')} />
      <Button size="small" onClick={onDone}>
        {t('webhook.done')}
      </Button>
    </>
  );
}
