import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/CheckCircle';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import {
  ImageRepository,
  WebhookEndpoint,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  CopyButton,
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  ReasonText,
  StateLabel,
  TimeAgo,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';
import { NewEndpoint } from './NewEndpoint';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(1, 0) },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
}));

/**
 * Says whether pushes to this registry are heard, and lets an owner make an
 * endpoint for the component's own repository.
 */
export function WebhookHint({ image }: { image: ImageRepository }) {
  const classes = useStyles();
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { entity, entityRef, rights } = useDeploymentsContext();
  const [made, setMade] = useState<WebhookEndpointSecret>();
  const { value, error, refetch } = useImageRegistryQuery(
    (client, signal) =>
      client.listWebhookEndpoints(image.registryId, { signal }),
    [image.registryId],
    { topics: ['delivery'] },
  );
  const make = useAction(async () => {
    setMade(
      await api.createWebhookEndpoint(image.registryId, {
        name: entity.metadata.name,
        repositories: [image.repository],
        entityRef,
      }),
    );
    refetch();
  });
  const endpoint = value && latestEndpoint(value, entityRef);
  return (
    <div className={classes.root}>
      {error && (
        <ErrorPanel
          error={error}
          title={t('webhook.loadFailed')}
          onRetry={refetch}
        />
      )}
      {value && (
        <Typography
          variant="body2"
          component="div"
          className={classes.line}
          role="status"
        >
          <EndpointState endpoint={endpoint} />
          {endpoint && (
            <CopyButton
              text={endpoint.url}
              what={t('webhook.url')}
              label={t('webhook.copyUrl')}
            />
          )}
          {!endpoint && (
            <GuardedButton
              size="small"
              variant="outlined"
              disabled={make.busy}
              deniedReason={rights.webhookEndpoint}
              onClick={make.run}
            >
              {t('webhook.make')}
            </GuardedButton>
          )}
        </Typography>
      )}
      {endpoint?.urlWarning && (
        <Typography variant="body2" color="textSecondary">
          <ReasonText reason={endpoint.urlWarning} />
        </Typography>
      )}
      {make.error && (
        <ErrorPanel error={make.error} title={t('webhook.makeFailed')} />
      )}
      {made && <NewEndpoint made={made} onDone={() => setMade(undefined)} />}
    </div>
  );
}

function EndpointState({ endpoint }: { endpoint?: WebhookEndpoint }) {
  const t = useTranslate(imageDeployTranslationRef);
  if (endpoint?.lastReceivedAt) {
    return (
      <StateLabel icon={CheckIcon} tone="ok">
        {t('webhook.received', {
          time: <TimeAgo time={endpoint.lastReceivedAt} />,
        })}
      </StateLabel>
    );
  }
  return (
    <StateLabel icon={WaitingIcon} tone="warning">
      {endpoint ? t('webhook.waiting') : t('webhook.none')}
    </StateLabel>
  );
}

/** The component's own endpoint, else the one that received something last. */
function latestEndpoint(
  endpoints: WebhookEndpoint[],
  entityRef: string,
): WebhookEndpoint | undefined {
  return [...endpoints]
    .filter(endpoint => !endpoint.entityRef || endpoint.entityRef === entityRef)
    .sort(
      (a, b) =>
        (b.lastReceivedAt ?? '').localeCompare(a.lastReceivedAt ?? '') ||
        Number(b.entityRef === entityRef) - Number(a.entityRef === entityRef),
    )[0];
}
