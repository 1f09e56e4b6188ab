import { makeStyles } from '@material-ui/core/styles';
import DoneIcon from '@material-ui/icons/CheckCircle';
import FailedIcon from '@material-ui/icons/Error';
import StepIcon from '@material-ui/icons/RadioButtonChecked';
import RetryIcon from '@material-ui/icons/Replay';
import { TestPullStep } from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  StateLabel,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  step: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
  words: {
    paddingLeft: theme.spacing(3),
    fontFamily: 'monospace',
    fontSize: '0.85rem',
    whiteSpace: 'pre-wrap',
  },
  reason: { paddingLeft: theme.spacing(3) },
}));

const looks = {
  creating: { icon: StepIcon, tone: 'neutral' },
  scheduled: { icon: StepIcon, tone: 'neutral' },
  pulling: { icon: StepIcon, tone: 'busy' },
  retrying: { icon: RetryIcon, tone: 'warning' },
  pulled: { icon: DoneIcon, tone: 'ok' },
  failed: { icon: FailedIcon, tone: 'error' },
  gone: { icon: FailedIcon, tone: 'warning' },
} as const;

/** What the scheduler and the kubelet said, in order and in their words. */
export function TestPullSteps({ steps }: { steps: readonly TestPullStep[] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <ol className={classes.list} aria-live="polite">
      {steps.map(({ at, phase, node, words, reason }) => (
        <li key={`${at} ${phase} ${words}`} className={classes.step}>
          <StateLabel {...looks[phase]}>
            {[
              t(`testPull.phase.${phase}`),
              node && t('testPull.node', { node }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </StateLabel>
          {reason && (
            <div className={classes.reason}>
              <ReasonText reason={reason} />
            </div>
          )}
          {words && <div className={classes.words}>{words}</div>}
        </li>
      ))}
    </ol>
  );
}
