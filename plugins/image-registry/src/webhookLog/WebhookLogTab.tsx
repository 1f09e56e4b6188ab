import { deliveryOutcomeSchema } from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
  useRegistries,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { PagedList } from '../page/PagedList';
import { Panel } from '../page/Panel';
import { startOfDay } from '../page/startOfDay';
import { usePages } from '../page/usePages';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeliveryDrawer } from './DeliveryDrawer';
import { DeliveryTable } from './DeliveryTable';
import { LogFilters } from './LogFilters';
import { useLogForbidden } from './useLogForbidden';

/** Everything that registries told the portal, and what came of it. */
export function WebhookLogTab() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const registries = useRegistries().value?.registries ?? [];
  const registryId = query.get('registry');
  const repository = query.get('repository');
  const outcome = deliveryOutcomeSchema.safeParse(query.get('outcome')).data;
  const from = startOfDay(query.get('from'));
  const to = startOfDay(query.get('to'), 1);

  const log = usePages(
    (api, page, signal) =>
      api.listDeliveries(
        { registryId, repository, outcome, from, to, ...page },
        { signal },
      ),
    [registryId, repository, outcome, from, to],
    ['delivery'],
  );
  const filtered = Boolean(registryId || repository || outcome || from || to);
  const empty = !log.loading && log.items.length === 0;
  const forbidden = useLogForbidden(registries, empty && !log.error);

  return (
    <Panel>
      <SectionTitle component="h2">{t('page.tab.webhook-log')}</SectionTitle>
      <LogFilters registries={registries} />
      {log.error && <ErrorPanel error={log.error} onRetry={log.reload} />}
      {log.loading && log.items.length === 0 && <RowsSkeleton />}
      {empty && !log.error && forbidden && (
        <EmptyState
          title={t('log.forbidden')}
          description={t('log.forbiddenHelper')}
        />
      )}
      {empty && !log.error && forbidden === false && (
        <EmptyState
          title={filtered ? t('log.noneMatching') : t('log.none')}
          description={filtered ? undefined : t('log.noneHelper')}
        />
      )}
      {log.items.length > 0 && (
        <PagedList
          label={t('page.tab.webhook-log')}
          place={log.place}
          outdated={log.outdated}
          byTime
        >
          <DeliveryTable
            deliveries={log.items}
            registries={registries}
            onOpen={delivery => query.set({ delivery: delivery.id })}
          />
        </PagedList>
      )}
      <DeliveryDrawer
        deliveryId={query.get('delivery')}
        registries={registries}
        onClose={() => query.set({ delivery: undefined })}
        onReplayed={replay => {
          query.set({ delivery: replay.id });
          log.reload();
        }}
      />
    </Panel>
  );
}
