import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  isCancellable,
  RolloutDetails,
  RolloutImage,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ApprovalNotice,
  ErrorPanel,
  FromTo,
  ReasonText,
  RolloutStateLabel,
  TimeAgo,
  useImageRegistryQuery,
  usePendingApprovals,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { CancelButton } from '../history/CancelButton';
import { PodList } from '../rollout';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Code of the reason with which the approval gate waits. */
const WAITS_FOR_APPROVAL = 'waits-for-approval';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
  },
  root: {
    borderLeft: `3px solid ${theme.palette.info.main}`,
    paddingLeft: theme.spacing(1),
    overflowWrap: 'anywhere',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
  },
  bar: { width: '100%', borderRadius: 2 },
}));

/** The rollout that is queued or under way, followed as it goes. */
export function ActiveRollout(props: {
  id: string;
  /** What runs until it begins. */
  running?: RolloutImage;
}) {
  const { id, running } = props;
  const { entityRef } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.getRollout(id, { signal }),
    [id],
    { topics: ['rollout'], entityRef },
  );
  if (value) {
    return (
      <Progress rollout={{ ...value, previous: value.previous ?? running }} />
    );
  }
  return error ? (
    <ErrorPanel error={error} onRetry={refetch} />
  ) : (
    <Skeleton height={48} />
  );
}

function Progress({ rollout }: { rollout: RolloutDetails }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const asks = asksForApproval(rollout);
  const last = rollout.reason ?? rollout.events.at(-1)?.reason;
  // Who has to approve, and until when, is told with the buttons.
  const reason = asks && last?.code === WAITS_FOR_APPROVAL ? undefined : last;
  const { progress } = rollout.events.findLast(event => event.progress) ?? {};
  const share =
    progress && progress.replicas > 0
      ? Math.min(
          100,
          (100 * Math.min(progress.updatedReplicas, progress.readyReplicas)) /
            progress.replicas,
        )
      : undefined;
  const pods = progress?.pods.filter(pod => pod.current !== false) ?? [];
  return (
    <div className={classes.root} role="status">
      <Typography variant="body2" component="div" className={classes.head}>
        <RolloutStateLabel state={rollout.state} />
        <FromTo rollout={rollout} />
      </Typography>
      {progress && (
        <>
          <Typography variant="body2">
            {t('active.progress', {
              updated: String(progress.updatedReplicas),
              ready: String(progress.readyReplicas),
              replicas: String(progress.replicas),
            })}
          </Typography>
          <LinearProgress
            className={classes.bar}
            variant={share === undefined ? 'indeterminate' : 'determinate'}
            value={share}
            aria-label={t('active.progressLabel')}
          />
        </>
      )}
      {rollout.failure && (
        <Typography variant="body2">
          <ReasonText reason={rollout.failure} />
        </Typography>
      )}
      {reason && (
        <Typography variant="body2">
          <ReasonText reason={reason} />
        </Typography>
      )}
      {rollout.state === 'waiting' && rollout.nextAttemptAt && !asks && (
        <Typography variant="body2" color="textSecondary">
          {t('active.nextAttempt', {
            time: <TimeAgo time={rollout.nextAttemptAt} />,
          })}
        </Typography>
      )}
      {pods.length > 0 && <PodList pods={pods} />}
      <Answers rollout={rollout} />
    </div>
  );
}

/** Whether a rollout that has not begun lacks an approval. */
function asksForApproval({ state, approval }: RolloutDetails): boolean {
  return (
    (state === 'queued' || state === 'waiting') &&
    approval !== undefined &&
    approval.given.length < approval.required
  );
}

/** What a person can do about a rollout of which nothing is known to run. */
function Answers({ rollout }: { rollout: RolloutDetails }) {
  const { location, refetch } = useDeploymentsContext();
  const asks = asksForApproval(rollout);
  const pending = usePendingApprovals({ enabled: asks });
  if (!isCancellable(rollout)) {
    return null;
  }
  if (!asks) {
    return <CancelButton rollout={rollout} />;
  }
  const listed = pending.value?.find(({ id }) => id === rollout.id);
  return (
    <ApprovalNotice
      rollout={rollout}
      approvable={
        pending.value ? listed?.approvable ?? { ok: false } : undefined
      }
      onAnswered={() => {
        pending.refetch();
        refetch();
      }}
      onShowChanges={() => location.open('approval', { rolloutId: rollout.id })}
    >
      <CancelButton rollout={rollout} />
    </ApprovalNotice>
  );
}
