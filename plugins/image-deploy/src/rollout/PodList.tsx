import { makeStyles } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import BusyIcon from '@material-ui/icons/Timelapse';
import { Pod } from '@slipway/backstage-plugin-image-registry-common';
import {
  StateLabel,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 0),
    padding: 0,
    ...theme.typography.body2,
    '& > li': { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
  },
}));

/** Reasons with which a container does not come up without a change. */
const failing =
  /BackOff|Err|Error|OOMKilled|Invalid|Failed|Unschedulable|Evicted/;

/** Pods as a rollout sees them: name, and whether it is ready or why not. */
export function PodList({ pods }: { pods: Pod[] }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();
  return (
    <ul className={classes.root} aria-label={t('pods.title')}>
      {pods.map(pod => (
        <li
          key={pod.name}
          title={pod.because ? reasonText(pod.because) : pod.message}
        >
          <PodState pod={pod} />
        </li>
      ))}
    </ul>
  );
}

function PodState({ pod }: { pod: Pod }) {
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();
  if (pod.ready) {
    return (
      <StateLabel icon={CheckIcon} tone="ok">
        {t('pods.isReady', { pod: pod.name })}
      </StateLabel>
    );
  }
  const said = pod.because ? reasonText(pod.because) : pod.message;
  const why = [pod.reason ?? pod.phase, said].filter(Boolean).join(': ');
  const failed = failing.test(pod.reason ?? pod.phase);
  return (
    <StateLabel
      icon={failed ? ErrorIcon : BusyIcon}
      tone={failed ? 'error' : 'busy'}
    >
      {pod.restarts > 0
        ? t('pods.isNotReadyRestarted', {
            pod: pod.name,
            why,
            restarts: String(pod.restarts),
          })
        : t('pods.isNotReady', { pod: pod.name, why })}
    </StateLabel>
  );
}
