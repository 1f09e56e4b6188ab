import { ReactNode, useMemo, useState } from 'react';
import { TagSort } from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  formatPlatform,
  RowsSkeleton,
} from '../components';
import { useDebounced, useListing } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { groupByDigest, TagRow } from './groupByDigest';
import { ListFooter } from './ListFooter';
import { TagListToolbar } from './TagListToolbar';
import { TagNames } from './TagNames';
import { useTagColumns } from './useTagColumns';
import { useTagRows } from './useTagRows';
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
  /**
   * Whether images in view may be read one by one for what the listing leaves
   * out; `mayReadImages` tells it.
   */
  readImages: boolean;
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
  const { pushTime, readImages, onOpen, onListFailed } = props;
  const { extraColumns = [] } = props;
  const t = useTranslate(imageRegistryTranslationRef);
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
  const known = useTagRows({ registryId, repository, entityRef, readImages });
  const columns = useTagColumns(rows, known);

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
        renderMain={(row, button) => <TagNames row={row} button={button} />}
        columns={[
          ...columns,
          ...extraColumns.map(column => ({
            ...column,
            render: (row: TagRow) => column.render(known.row(row)),
          })),
        ]}
        totalRows={listing.hasMore ? listing.totalItems : rows.length}
        onOpen={onOpen}
        onNearEnd={listing.loadMore}
        onView={known.show}
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
        onRefresh={() => {
          setRefresh(count => count + 1);
          known.refresh();
        }}
      />
    </div>
  );
}
