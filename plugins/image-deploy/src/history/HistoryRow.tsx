import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import CollapsedIcon from '@material-ui/icons/ChevronRight';
import ExpandedIcon from '@material-ui/icons/ExpandMore';
import {
  finalRolloutStates,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  FromTo,
  ReasonText,
  RolloutStateLabel,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
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
      '110px minmax(110px, 1.4fr) minmax(130px, 1.2fr) minmax(130px, 1fr) minmax(150px, 1.6fr) 180px',
    gridTemplateRows: 'auto 1fr',
    gap: theme.spacing(0.5, 2),
    alignItems: 'start',
    ...theme.typography.body2,
    [theme.breakpoints.down('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
      gridTemplateRows: 'none',
    },
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  place: {
    gridColumn: 2,
    gridRow: '1 / span 2',
    [theme.breakpoints.down('md')]: { gridColumn: 'auto', gridRow: 'auto' },
  },
  state: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
  },
  why: {
    gridColumn: '3 / 6',
    [theme.breakpoints.down('md')]: { gridColumn: '1 / -1' },
  },
  buttons: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gridColumn: 6,
    gridRow: '1 / span 2',
    [theme.breakpoints.down('md')]: {
      gridColumn: '1 / -1',
      gridRow: 'auto',
      order: 1,
      flexDirection: 'row',
      flexWrap: 'wrap',
    },
  },
  secondary: { color: theme.palette.text.secondary },
}));

/** One rollout: when, where, from what to what, how it went, and why. */
export function HistoryRow({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { location } = useDeploymentsContext();
  const expanded = location.expanded === rollout.id;
  const Icon = expanded ? ExpandedIcon : CollapsedIcon;
  const stepsId = `image-deploy-steps-${rollout.id}`;
  const { kind, name, container } = rollout.target;

  return (
    <li className={classes.root}>
      <div className={classes.line}>
        <TimeAgo time={rollout.createdAt} />
        <div className={classes.place}>
          <div>{rollout.environment ?? t('lanes.other')}</div>
          <div className={classes.secondary}>
            {t('card.label', { kind, name, container })}
          </div>
        </div>
        <div>
          <FromTo rollout={rollout} />
        </div>
        <div className={classes.state}>
          <RolloutStateLabel state={rollout.state} reason={rollout.reason} />
          <Took rollout={rollout} />
        </div>
        <div>
          <CauseText rollout={rollout} />
        </div>
        <div className={classes.buttons}>
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
          <HistoryActions rollout={rollout} />
        </div>
        {(rollout.reason || rollout.failure || rollout.note) && (
          <div className={classes.why}>
            {rollout.failure && (
              <div>
                <ReasonText reason={rollout.failure} />
              </div>
            )}
            {rollout.reason && (
              <div>
                <ReasonText reason={rollout.reason} />
              </div>
            )}
            {rollout.note && (
              <div className={classes.secondary}>
                {t('history.note', { note: rollout.note })}
              </div>
            )}
          </div>
        )}
      </div>
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
    <span>{duration(startedAt, finishedAt)}</span>
  ) : null;
}
