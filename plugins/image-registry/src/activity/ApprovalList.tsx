import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { PendingApproval } from '@slipway/backstage-plugin-image-registry-common';
import {
  ApprovalNotice,
  ChangesDrawer,
  ErrorPanel,
  FromTo,
  RowsSkeleton,
  SectionTitle,
  usePendingApprovals,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { PagedList } from '../page/PagedList';
import { Panel } from '../page/Panel';
import { usePartOf } from '../page/usePartOf';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeployLink } from './DeployLink';

/** Approvals of a page; each has much to it. */
const PAGE_SIZE = 20;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    '& > li': { padding: theme.spacing(1, 0), overflowWrap: 'anywhere' },
    '& > li + li': { borderTop: `1px solid ${theme.palette.divider}` },
  },
}));

/** What waits for the person's approval, and below what waits for others. */
export function ApprovalList() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const { value, error, refetch } = usePendingApprovals();
  const opened = value?.find(({ id }) => id === query.get('approval'));
  const mine = value?.filter(({ approvable }) => approvable.ok) ?? [];
  const others = value?.filter(({ approvable }) => !approvable.ok) ?? [];
  const items = (label: string, rollouts: PendingApproval[]) => (
    <Items
      label={label}
      rollouts={rollouts}
      onAnswered={refetch}
      onShow={id => query.set({ approval: id })}
    />
  );
  return (
    <Panel>
      <SectionTitle>{t('activity.mine')}</SectionTitle>
      {error && (
        <ErrorPanel
          error={error}
          title={t('activity.approvalsFailed')}
          onRetry={refetch}
        />
      )}
      {!value && !error && <RowsSkeleton rows={2} />}
      {value && mine.length === 0 && (
        <Typography variant="body2">{t('activity.mineNone')}</Typography>
      )}
      {items(t('activity.mine'), mine)}
      {others.length > 0 && (
        <>
          <SectionTitle>{t('activity.waiting')}</SectionTitle>
          {items(t('activity.waiting'), others)}
        </>
      )}
      {opened && (
        <ChangesDrawer
          rollout={opened}
          onClose={() => query.set({ approval: undefined })}
        >
          <ApprovalNotice
            rollout={opened}
            approvable={opened.approvable}
            onAnswered={refetch}
          />
        </ChangesDrawer>
      )}
    </Panel>
  );
}

function Items(props: {
  label: string;
  rollouts: PendingApproval[];
  onAnswered(): void;
  onShow(id: string): void;
}) {
  const { label, rollouts, onAnswered, onShow } = props;
  const classes = useStyles();
  const part = usePartOf(rollouts, PAGE_SIZE);
  return (
    <PagedList label={label} place={part.place}>
      <ul className={classes.list}>
        {part.items.map(rollout => (
          <li key={rollout.id}>
            <Typography variant="body2" component="div">
              <DeployLink
                entityRef={rollout.entityRef}
                query={{ panel: 'approval', rollout: rollout.id }}
              />
              {rollout.environment && ` · ${rollout.environment}`}
              {' · '}
              <FromTo rollout={rollout} />
            </Typography>
            <ApprovalNotice
              rollout={rollout}
              approvable={rollout.approvable}
              onAnswered={onAnswered}
              onShowChanges={() => onShow(rollout.id)}
            />
          </li>
        ))}
      </ul>
    </PagedList>
  );
}
