import { rolloutStateSchema } from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { PagedList } from '../page/PagedList';
import { Panel } from '../page/Panel';
import { startOfDay } from '../page/startOfDay';
import { usePages } from '../page/usePages';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { ActivityFilters } from './ActivityFilters';
import { RolloutTable } from './RolloutTable';

/** Rollouts of all components, newest first, as the URL filters them. */
export function RolloutList() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const environment = query.get('environment');
  const owner = query.get('owner');
  const state = rolloutStateSchema.safeParse(query.get('state')).data;
  const from = startOfDay(query.get('from'));
  const to = startOfDay(query.get('to'), 1);
  const rollouts = usePages(
    (api, page, signal) =>
      api.listRollouts(
        { environment, owner, state, from, to, ...page },
        { signal },
      ),
    [environment, owner, state, from, to],
    ['rollout'],
  );
  const none = rollouts.items.length === 0;
  return (
    <Panel>
      <SectionTitle>{t('activity.rollouts')}</SectionTitle>
      <ActivityFilters />
      {rollouts.error && (
        <ErrorPanel
          error={rollouts.error}
          title={t('activity.loadFailed')}
          onRetry={rollouts.reload}
        />
      )}
      {rollouts.loading && none && <RowsSkeleton />}
      {!rollouts.loading && none && !rollouts.error && (
        <EmptyState
          title={t('activity.none')}
          description={t('activity.noneHint')}
        />
      )}
      {!none && (
        <PagedList
          label={t('activity.rollouts')}
          place={rollouts.place}
          outdated={rollouts.outdated}
          byTime
        >
          <RolloutTable rollouts={rollouts.items} />
        </PagedList>
      )}
    </Panel>
  );
}
