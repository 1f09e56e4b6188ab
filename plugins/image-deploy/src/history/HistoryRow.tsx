import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CollapsedIcon from '@material-ui/icons/ChevronRight';
import ExpandedIcon from '@material-ui/icons/ExpandMore';
import {
  finalRolloutStates,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  RolloutStateLabel,
  TimeAgo,
} from '@slipway/backstage-plugin-image-registry-react';
import { FromTo } from '../rollout';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { CauseText } from './CauseText';
import { HistoryActions } from './HistoryActions';
import { RolloutSteps } from './RolloutSteps';
import { useDuration } from './useDuration';

const useStyles = makeStyles(theme => ({
  root: {
    borderTop: `1px solid ${theme.palette.divider}`,
    padding: theme.spacing(1, 0),
    overflowWrap: 'anywhere',
  },
  line: {
    display: 'grid',
    gridTemplateColumns:
      '120px minmax(90px, 1fr) minmax(150px, 1.5fr) minmax(140px, 1.2fr) minmax(160px, 2fr) auto',
    gap: theme.spacing(0.5, 2),
    alignItems: 'center',
    ...theme.typography.body2,
    [theme.breakpoints.down('md')]: { gridTemplateColumns: '1fr 1fr' },
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
  },
  secondary: { color: theme.palette.text.secondary },
}));

/** One rollout: when, where, from what to what, how it went, and why. */
export function HistoryRow({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useTranslationRef(imageDeployTranslationRef);
  const { location } = useDeploymentsContext();
  const expanded = location.expanded === rollout.id;
  const Icon = expanded ? ExpandedIcon : CollapsedIcon;
  const stepsId = `image-deploy-steps-${rollout.id}`;
  const { kind, name, container } = rollout.target;

  return (
    <li className={classes.root}>
      <div className={classes.line}>
        <TimeAgo time={rollout.createdAt} />
        <div>
          <div>{rollout.environment ?? t('lanes.other')}</div>
          <div className={classes.secondary}>
            {t('card.label', { kind, name, container })}
          </div>
        </div>
        <div>
          <FromTo rollout={rollout} />
        </div>
        <div>
          <RolloutStateLabel state={rollout.state} /> <Took rollout={rollout} />
        </div>
        <div>
          <CauseText rollout={rollout} />
        </div>
        <Button
          size="small"
          startIcon={<Icon aria-hidden />}
          aria-expanded={expanded}
          aria-controls={expanded ? stepsId : undefined}
          aria-label={t('history.stepsOf', {
            sequence: String(rollout.sequence),
          })}
          onClick={() => location.expand(expanded ? undefined : rollout.id)}
        >
          {t('history.steps')}
        </Button>
      </div>
      {rollout.reason && (
        <Typography variant="body2">
          <ReasonText reason={rollout.reason} />
        </Typography>
      )}
      {rollout.note && (
        <Typography variant="body2" color="textSecondary">
          {t('history.note', { note: rollout.note })}
        </Typography>
      )}
      <HistoryActions rollout={rollout} />
      {expanded && (
        <div id={stepsId}>
          <RolloutSteps id={rollout.id} />
        </div>
      )}
    </li>
  );
}

/** How long a rollout that ended was under way. */
function Took({ rollout }: { rollout: Rollout }) {
  const duration = useDuration();
  const { state, startedAt, finishedAt } = rollout;
  return finalRolloutStates.includes(state) && startedAt && finishedAt ? (
    <>{duration(startedAt, finishedAt)}</>
  ) : null;
}
