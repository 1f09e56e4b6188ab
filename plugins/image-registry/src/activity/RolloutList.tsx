import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  Rollout,
  rolloutStateSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
  useImageRegistrySignals,
  useListing,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Panel } from '../page/Panel';
import { startOfDay } from '../page/startOfDay';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { ActivityFilters } from './ActivityFilters';
import { RolloutTable } from './RolloutTable';

const PAGE_SIZE = 50;

const useStyles = makeStyles(theme => ({
  more: { textAlign: 'center', padding: theme.spacing(1) },
}));

/** Rollouts of all components, newest first, as the URL filters them. */
export function RolloutList() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const environment = query.get('environment');
  const owner = query.get('owner');
  const state = rolloutStateSchema.safeParse(query.get('state')).data;
  const from = startOfDay(query.get('from'));
  const to = startOfDay(query.get('to'), 1);
  const listing = useListing<Rollout>(
    (api, cursor, signal) =>
      api.listRollouts(
        { environment, owner, state, from, to, cursor, limit: PAGE_SIZE },
        { signal },
      ),
    [environment, owner, state, from, to],
  );
  useImageRegistrySignals(signal => {
    // Pages that were scrolled to stay as they are.
    if (signal.topic === 'rollout' && listing.items.length <= PAGE_SIZE) {
      listing.reload();
    }
  });
  const none = listing.items.length === 0;
  return (
    <Panel>
      <SectionTitle>{t('activity.rollouts')}</SectionTitle>
      <ActivityFilters />
      {listing.error && (
        <ErrorPanel
          error={listing.error}
          title={t('activity.loadFailed')}
          onRetry={listing.reload}
        />
      )}
      {listing.loading && none && <RowsSkeleton />}
      {!listing.loading && none && !listing.error && (
        <EmptyState
          title={t('activity.none')}
          description={t('activity.noneHint')}
        />
      )}
      {!none && <RolloutTable rollouts={listing.items} />}
      {listing.hasMore && (
        <div className={classes.more}>
          <Button onClick={listing.loadMore} disabled={listing.loadingMore}>
            {t('activity.older')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
