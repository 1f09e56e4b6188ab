import { ReactNode, useState } from 'react';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { RepositoryItem } from '@slipway/backstage-plugin-image-registry-common';
import { EmptyState, ErrorPanel, RowsSkeleton, TimeAgo } from '../components';
import { useDebounced, useListing } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { SearchField } from './SearchField';
import { VirtualColumn, VirtualTable } from './VirtualTable';

/** Repositories read at a time. */
const PAGE_SIZE = 200;

const useStyles = makeStyles(theme => ({
  toolbar: { display: 'flex', marginBottom: theme.spacing(1) },
}));

/** @public */
export interface RepositoryListProps {
  registryId: string;
  entityRef?: string;
  onOpen(repository: string): void;
  /** Shown when the repositories can't be listed. */
  onListFailed?: ReactNode;
}

/**
 * The repositories of a registry: search and paging by the backend.
 *
 * @public
 */
export function RepositoryList(props: RepositoryListProps) {
  const { registryId, entityRef, onOpen, onListFailed } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim());
  const listing = useListing(
    (api, cursor, signal) =>
      api.listRepositories(
        registryId,
        {
          search: search || undefined,
          entityRef,
          limit: PAGE_SIZE,
          cursor,
        },
        { signal },
      ),
    [registryId, entityRef, search],
  );

  let content: ReactNode;
  if (listing.error && listing.items.length === 0) {
    content = (
      <ErrorPanel
        title={t('picker.listFailed')}
        error={listing.error}
        onRetry={listing.reload}
      />
    );
  } else if (listing.loading && listing.items.length === 0) {
    content = <RowsSkeleton rows={6} />;
  } else if (listing.items.length === 0) {
    content = listing.incomplete === undefined && (
      <EmptyState title={t('picker.noRepositories')} />
    );
  } else {
    content = (
      <VirtualTable
        label={t('picker.listOfRepositories')}
        rows={listing.items}
        rowKey={row => row.repository}
        mainTitle={t('picker.repository')}
        renderMain={(row, button) => (
          <Link
            component="button"
            variant="body2"
            {...button}
            title={row.repository}
          >
            {row.repository}
          </Link>
        )}
        columns={repositoryColumns(listing.items, {
          updated: t('picker.column.updated'),
          tags: t('picker.column.tags'),
          visibility: t('picker.column.visibility'),
          public: t('picker.public'),
          private: t('picker.private'),
        })}
        totalRows={listing.hasMore ? listing.totalItems : listing.items.length}
        onOpen={row => onOpen(row.repository)}
        onNearEnd={listing.loadMore}
      />
    );
  }

  const cannotList =
    !listing.loading &&
    listing.items.length === 0 &&
    (listing.error !== undefined || listing.incomplete !== undefined);
  return (
    <div>
      <div className={classes.toolbar}>
        <SearchField
          label={t('picker.searchRepositories')}
          value={typed}
          onChange={setTyped}
        />
      </div>
      {content}
      {listing.incomplete !== undefined && (
        <Alert severity="warning">
          {t('picker.incomplete', { reason: listing.incomplete })}
        </Alert>
      )}
      {cannotList && onListFailed}
    </div>
  );
}

function repositoryColumns(
  items: RepositoryItem[],
  texts: Record<
    'updated' | 'tags' | 'visibility' | 'public' | 'private',
    string
  >,
): VirtualColumn<RepositoryItem>[] {
  const columns: VirtualColumn<RepositoryItem>[] = [];
  if (items.some(item => item.isPublic !== undefined)) {
    columns.push({
      id: 'visibility',
      title: texts.visibility,
      width: 90,
      render: ({ isPublic }) =>
        isPublic !== undefined && (isPublic ? texts.public : texts.private),
    });
  }
  if (items.some(item => item.tagCount !== undefined)) {
    columns.push({
      id: 'tags',
      title: texts.tags,
      width: 80,
      render: row => row.tagCount?.toLocaleString(),
    });
  }
  if (items.some(item => item.updatedAt)) {
    columns.push({
      id: 'updated',
      title: texts.updated,
      width: 140,
      render: row => row.updatedAt && <TimeAgo time={row.updatedAt} />,
    });
  }
  return columns;
}
