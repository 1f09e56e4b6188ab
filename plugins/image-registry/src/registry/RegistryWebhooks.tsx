import { useState } from 'react';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import AddIcon from '@material-ui/icons/Add';
import {
  ProviderDescriptor,
  Registry,
  WebhookEndpoint,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  EmptyState,
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink } from 'react-router-dom';
import { rootRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { AddEndpointDialog } from './AddEndpointDialog';
import { EndpointCard } from './EndpointCard';
import { InstallWebhookDialog } from './InstallWebhookDialog';
import { SecretDialog } from './SecretDialog';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  },
}));

interface RegistryWebhooksProps {
  registry: Registry;
  provider?: ProviderDescriptor;
}

/** The addresses that a registry calls when an image is pushed. */
export function RegistryWebhooks(props: RegistryWebhooksProps) {
  const { registry, provider } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const root = useRouteRef(rootRouteRef)();
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<WebhookEndpoint>();
  const [installing, setInstalling] = useState<WebhookEndpoint>();
  const [rotating, setRotating] = useState<WebhookEndpoint>();
  const [secret, setSecret] = useState<WebhookEndpointSecret>();
  const { value, error, refetch } = useImageRegistryQuery(
    (client, signal) => client.listWebhookEndpoints(registry.id, { signal }),
    [registry.id],
    { topics: ['delivery', 'registry'] },
  );
  const deniedReason = registry.may?.manageWebhooks
    ? undefined
    : shared('permission.denied');

  return (
    <>
      <div className={classes.head}>
        <Typography variant="body2">
          {t('webhooks.intro')}{' '}
          <Link
            component={RouterLink}
            underline="always"
            to={`${root}/webhook-log?registry=${encodeURIComponent(
              registry.id,
            )}`}
          >
            {t('webhooks.openLog')}
          </Link>
        </Typography>
        <GuardedButton
          variant="contained"
          color="primary"
          startIcon={<AddIcon aria-hidden />}
          deniedReason={deniedReason}
          onClick={() => setAdding(true)}
        >
          {t('webhooks.add')}
        </GuardedButton>
      </div>
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!value && !error && <RowsSkeleton />}
      {value?.length === 0 && (
        <EmptyState
          title={t('webhooks.none')}
          description={t('webhooks.noneHelper')}
        />
      )}
      {value?.map(endpoint => (
        <EndpointCard
          key={endpoint.id}
          endpoint={endpoint}
          registry={registry}
          provider={provider}
          deniedReason={deniedReason}
          onInstall={
            provider?.capabilities.createWebhook
              ? () => setInstalling(endpoint)
              : undefined
          }
          onRotate={() => setRotating(endpoint)}
          onDelete={() => setDeleting(endpoint)}
        />
      ))}
      {adding && (
        <AddEndpointDialog
          registry={registry}
          provider={provider}
          onClose={() => setAdding(false)}
          onCreated={created => {
            setSecret(created);
            refetch();
          }}
        />
      )}
      {installing && provider && (
        <InstallWebhookDialog
          endpoint={installing}
          registry={registry}
          provider={provider}
          onInstalled={refetch}
          onClose={() => setInstalling(undefined)}
        />
      )}
      <ConfirmDialog
        open={rotating !== undefined}
        title={t('webhooks.rotateTitle', { name: rotating?.name ?? '' })}
        confirmLabel={t('webhooks.rotate')}
        errorTitle={t('webhooks.notRotated')}
        onClose={() => setRotating(undefined)}
        onConfirm={async () => {
          setSecret(await api.rotateWebhookEndpoint(rotating!.id));
          refetch();
        }}
      >
        <Typography paragraph>{t('webhooks.rotateText')}</Typography>
      </ConfirmDialog>
      <ConfirmDialog
        open={deleting !== undefined}
        title={t('webhooks.deleteTitle', { name: deleting?.name ?? '' })}
        confirmLabel={shared('action.delete')}
        errorTitle={t('webhooks.notDeleted')}
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          await api.deleteWebhookEndpoint(deleting!.id);
          refetch();
        }}
      >
        <Typography paragraph>{t('webhooks.deleteText')}</Typography>
      </ConfirmDialog>
      {secret && (
        <SecretDialog
          created={secret}
          registry={registry}
          provider={provider}
          onClose={() => setSecret(undefined)}
        />
      )}
    </>
  );
}
