import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  Delivery,
  deliveryOutcomeSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
  useImageRegistrySignals,
  useListing,
  useRegistries,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Panel } from '../page/Panel';
import { startOfDay } from '../page/startOfDay';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeliveryDrawer } from './DeliveryDrawer';
import { DeliveryTable } from './DeliveryTable';
import { LogFilters } from './LogFilters';
import { useLogForbidden } from './useLogForbidden';

const PAGE_SIZE = 50;

const useStyles = makeStyles(theme => ({
  more: { textAlign: 'center', padding: theme.spacing(1) },
}));

/** Everything that registries told the portal, and what came of it. */
export function WebhookLogTab() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const registries = useRegistries().value?.registries ?? [];
  const registryId = query.get('registry');
  const repository = query.get('repository');
  const outcome = deliveryOutcomeSchema.safeParse(query.get('outcome')).data;
  const from = startOfDay(query.get('from'));
  const to = startOfDay(query.get('to'), 1);

  const listing = useListing<Delivery>(
    (api, cursor, signal) =>
      api.listDeliveries(
        { registryId, repository, outcome, from, to, cursor, limit: PAGE_SIZE },
        { signal },
      ),
    [registryId, repository, outcome, from, to],
  );
  useImageRegistrySignals(signal => {
    // Pages that were scrolled to stay as they are.
    if (signal.topic === 'delivery' && listing.items.length <= PAGE_SIZE) {
      listing.reload();
    }
  });
  const filtered = Boolean(registryId || repository || outcome || from || to);
  const empty = !listing.loading && listing.items.length === 0;
  const forbidden = useLogForbidden(registries, empty && !listing.error);

  return (
    <Panel>
      <SectionTitle component="h2">{t('page.tab.webhook-log')}</SectionTitle>
      <LogFilters registries={registries} />
      {listing.error && (
        <ErrorPanel error={listing.error} onRetry={listing.reload} />
      )}
      {listing.loading && listing.items.length === 0 && <RowsSkeleton />}
      {empty && !listing.error && forbidden && (
        <EmptyState
          title={t('log.forbidden')}
          description={t('log.forbiddenHelper')}
        />
      )}
      {empty && !listing.error && forbidden === false && (
        <EmptyState
          title={filtered ? t('log.noneMatching') : t('log.none')}
          description={filtered ? undefined : t('log.noneHelper')}
        />
      )}
      {listing.items.length > 0 && (
        <>
          <DeliveryTable
            deliveries={listing.items}
            registries={registries}
            onOpen={delivery => query.set({ delivery: delivery.id })}
          />
          {listing.hasMore && (
            <div className={classes.more}>
              <Button onClick={listing.loadMore} disabled={listing.loadingMore}>
                {t('log.more')}
              </Button>
            </div>
          )}
        </>
      )}
      <DeliveryDrawer
        deliveryId={query.get('delivery')}
        registries={registries}
        onClose={() => query.set({ delivery: undefined })}
        onReplayed={replay => {
          query.set({ delivery: replay.id });
          listing.reload();
        }}
      />
    </Panel>
  );
}
