import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { RolloutDetails } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  ReasonText,
  RolloutStateLabel,
  TimeAgo,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';
import { CancelButton } from '../history/CancelButton';
import { FromTo, PodList } from '../rollout';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

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
export function ActiveRollout({ id }: { id: string }) {
  const { entityRef } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.getRollout(id, { signal }),
    [id],
    { topics: ['rollout'], entityRef },
  );
  if (value) {
    return <Progress rollout={value} />;
  }
  return error ? (
    <ErrorPanel error={error} onRetry={refetch} />
  ) : (
    <Skeleton height={48} />
  );
}

function Progress({ rollout }: { rollout: RolloutDetails }) {
  const classes = useStyles();
  const { t } = useTranslationRef(imageDeployTranslationRef);
  const reason = rollout.reason ?? rollout.events.at(-1)?.reason;
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
      {reason && (
        <Typography variant="body2">
          <ReasonText reason={reason} />
        </Typography>
      )}
      {rollout.state === 'waiting' && rollout.nextAttemptAt && (
        <Typography variant="body2" color="textSecondary">
          {t('active.nextAttempt', {
            time: <TimeAgo time={rollout.nextAttemptAt} />,
          })}
        </Typography>
      )}
      {pods.length > 0 && <PodList pods={pods} />}
      {(rollout.state === 'queued' || rollout.state === 'waiting') && (
        <CancelButton rollout={rollout} />
      )}
    </div>
  );
}
