import { ReactNode, useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Link from '@material-ui/core/Link';
import { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { TagSort } from '@slipway/backstage-plugin-image-registry-common';
import {
  ByteSize,
  DigestText,
  EmptyState,
  ErrorPanel,
  formatPlatform,
  RowsSkeleton,
  TimeAgo,
} from '../components';
import { useDebounced, useListing } from '../hooks';
import { imageRegistryTranslationRef } from '../translation';
import { groupByDigest, TagRow } from './groupByDigest';
import { ListFooter } from './ListFooter';
import { TagListToolbar } from './TagListToolbar';
import { VirtualColumn, VirtualTable } from './VirtualTable';

/** Tags read at a time; the most that the backend gives. */
const PAGE_SIZE = 500;

/** What a list of tags shows; kept by its owner, for example in the URL. */
export interface TagView {
  search: string;
  sort?: TagSort;
}

/** @public */
export interface TagListProps {
  registryId: string;
  repository: string;
  /** The component for which the list is read: grants are read for it. */
  entityRef?: string;
  /** Whether the registry tells when a tag was pushed. */
  pushTime: boolean;
  view: TagView;
  onViewChange(view: TagView): void;
  /** A row was opened; `tag` is its first. */
  onOpen(row: TagRow): void;
  /** More columns, for example where an image runs. */
  extraColumns?: VirtualColumn<TagRow>[];
  /** Shown under the error when the listing failed. */
  onListFailed?: ReactNode;
}

/**
 * The tags of a repository: search, sort, paging, one row for each image.
 *
 * @public
 */
export function TagList(props: TagListProps) {
  const { registryId, repository, entityRef, view, onViewChange } = props;
  const { pushTime, onOpen, extraColumns = [], onListFailed } = props;
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  const search = useDebounced(view.search.trim());
  const sort = view.sort ?? (pushTime ? 'pushed-desc' : 'natural-desc');
  const [refresh, setRefresh] = useState(0);

  const listing = useListing(
    (api, cursor, signal) =>
      api.listTags(
        registryId,
        {
          repository,
          search: search || undefined,
          sort,
          entityRef,
          limit: PAGE_SIZE,
          cursor,
          refresh: refresh > 0 && !cursor ? 'true' : undefined,
        },
        { signal },
      ),
    [registryId, repository, search, sort, entityRef, refresh],
  );
  const rows = useMemo(
    () => groupByDigest(listing.items, formatPlatform),
    [listing.items],
  );
  const columns = useTagColumns(rows);

  let content: ReactNode;
  if (listing.error && rows.length === 0) {
    content = (
      <>
        <ErrorPanel
          title={t('picker.listFailed')}
          error={listing.error}
          onRetry={listing.reload}
        />
        {onListFailed}
      </>
    );
  } else if (listing.loading && rows.length === 0) {
    content = <RowsSkeleton rows={6} />;
  } else if (rows.length === 0 && !listing.loading) {
    content = (
      <EmptyState
        title={
          search ? t('picker.noTagsMatching', { search }) : t('picker.noTags')
        }
      />
    );
  } else {
    content = (
      <VirtualTable
        label={t('picker.listOfTags', { repository })}
        rows={rows}
        rowKey={row => row.key}
        mainTitle={t('picker.column.tag')}
        renderMain={(row, button) => (
          <Link
            component="button"
            variant="body2"
            {...button}
            title={row.tags.join(' ')}
          >
            {row.tags.join('  ')}
          </Link>
        )}
        columns={[...columns, ...extraColumns]}
        totalRows={listing.hasMore ? listing.totalItems : rows.length}
        onOpen={onOpen}
        onNearEnd={listing.loadMore}
      />
    );
  }

  return (
    <div>
      <TagListToolbar
        search={view.search}
        sort={sort}
        pushTime={pushTime}
        onSearch={text => onViewChange({ ...view, search: text })}
        onSort={next => onViewChange({ ...view, sort: next })}
      />
      {content}
      <ListFooter
        listing={listing}
        onRefresh={() => setRefresh(count => count + 1)}
      />
    </div>
  );
}

/** The columns for which this registry gives data and the window has room. */
function useTagColumns(rows: TagRow[]): VirtualColumn<TagRow>[] {
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  const wide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const medium = useMediaQuery((theme: Theme) => theme.breakpoints.up('sm'));
  const columns: Array<VirtualColumn<TagRow> & { shown: boolean }> = [
    {
      id: 'digest',
      title: t('picker.column.digest'),
      width: 190,
      shown: medium && rows.some(row => row.digest),
      render: row => row.digest && <DigestText digest={row.digest} />,
    },
    {
      id: 'pushed',
      title: t('picker.column.pushed'),
      width: 130,
      shown: rows.some(row => row.pushedAt),
      render: row => row.pushedAt && <TimeAgo time={row.pushedAt} />,
    },
    {
      id: 'size',
      title: t('picker.column.size'),
      width: 90,
      shown: medium && rows.some(row => row.size !== undefined),
      render: row => row.size !== undefined && <ByteSize bytes={row.size} />,
    },
    {
      id: 'platforms',
      title: t('picker.column.platforms'),
      width: 200,
      shown: wide && rows.some(row => row.platforms.length > 0),
      render: row => (
        <span title={row.platforms.join(', ')}>{row.platforms.join(', ')}</span>
      ),
    },
  ];
  return columns.filter(column => column.shown);
}
