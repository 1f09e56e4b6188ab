import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  RolloutState,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  FromTo,
  ReasonText,
  RolloutStateLabel,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { AskAgainButton, isLapsed } from '../history/AskAgainButton';
import { RetryButton } from '../history/RetryButton';
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
    borderLeft: `3px solid ${theme.palette.error.main}`,
    paddingLeft: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
}));

/** States with which a rollout left what ran before it. */
const unsuccessful: readonly RolloutState[] = [
  'failed',
  'rolled-back',
  'rejected',
];

/** Says that the last rollout here did not succeed, until another one does. */
export function LastFailure({ target }: { target: Target }) {
  const classes = useStyles();
  const { location, rollouts } = useDeploymentsContext();
  const t = useTranslate(imageDeployTranslationRef);
  const last = rollouts.find(
    rollout =>
      rollout.targetKey === target.key &&
      rollout.state !== 'superseded' &&
      rollout.state !== 'cancelled',
  );
  if (!last || !unsuccessful.includes(last.state)) {
    return null;
  }
  return (
    <div className={classes.root}>
      <Typography variant="body2" component="div" className={classes.head}>
        <RolloutStateLabel state={last.state} reason={last.reason} />
        <FromTo rollout={last} />
        <TimeAgo time={last.finishedAt ?? last.createdAt} />
      </Typography>
      {last.failure && (
        <Typography variant="body2">
          <ReasonText reason={last.failure} />
        </Typography>
      )}
      {last.reason && (
        <Typography variant="body2">
          <ReasonText reason={last.reason} />
        </Typography>
      )}
      {last.hasEvidence && (
        <Button
          size="small"
          onClick={() => location.open('evidence', { rolloutId: last.id })}
        >
          {t('evidence.open')}
        </Button>
      )}
      {isLapsed(last) && <AskAgainButton rollout={last} />}
      {last.state !== 'rejected' && (
        <RetryButton rollout={last} label={t('history.retry')} />
      )}
    </div>
  );
}
