import { makeStyles } from '@material-ui/core/styles';
import {
  isCancellable,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  imageLabel,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { canReturn } from '../lanes/lastReturn';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { AskAgainButton, isLapsed } from './AskAgainButton';
import { CancelButton } from './CancelButton';
import { RetryButton } from './RetryButton';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  // Upper case would make another tag of it.
  names: { textTransform: 'none', textAlign: 'start' },
}));

/** What can be done with a rollout of the history. */
export function HistoryActions({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { rights, location } = useDeploymentsContext();
  const { state, previous } = rollout;
  const over = state === 'succeeded' || state === 'failed';
  const repeatable =
    state === 'failed' || state === 'rolled-back' || state === 'cancelled';
  return (
    <div className={classes.root}>
      {over && previous && canReturn(rollout) && (
        <GuardedButton
          size="small"
          className={classes.names}
          deniedReason={rights.rollBack}
          onClick={() => location.open('roll-back', { rolloutId: rollout.id })}
        >
          {t('history.rollBackTo', { image: imageLabel(previous) })}
        </GuardedButton>
      )}
      {repeatable && (
        <RetryButton rollout={rollout} label={t('history.retry')} />
      )}
      {isLapsed(rollout) && !rollout.policyId && (
        <AskAgainButton rollout={rollout} />
      )}
      {isCancellable(rollout) && <CancelButton rollout={rollout} />}
    </div>
  );
}
