import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  DigestText,
  GuardedButton,
  HealthLabel,
  ImageName,
  ReasonText,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { ActiveRollout } from './ActiveRollout';
import { AutoDeployLine } from './AutoDeployLine';
import { HoldNotice } from './HoldNotice';
import { LastFailure } from './LastFailure';
import { OwnersNotice } from './OwnersNotice';
import { PromoteButton } from './PromoteButton';
import { runningImage } from './runningImage';
import { TargetMenu } from './TargetMenu';
import { useTargetObstacles } from './useTargetObstacles';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    paddingBottom: 0,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 1),
    alignItems: 'baseline',
    justifyContent: 'space-between',
  },
  place: { overflowWrap: 'anywhere' },
  actions: {
    flexWrap: 'wrap',
    justifyContent: 'flex-start',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1, 2, 1.5),
    '& > :not(:first-child)': { marginLeft: 0 },
  },
  menu: { marginLeft: 'auto !important' },
}));

/** One container of one workload: what runs there, and what can be done. */
export function TargetCard({ target }: { target: Target }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { location } = useDeploymentsContext();
  const obstacles = useTargetObstacles(target);
  const { kind, name, container, cluster, namespace } = target.ref;
  const label = t('card.label', { kind, name, container });

  return (
    <Card variant="outlined" component="article" aria-label={label}>
      <CardContent className={classes.content}>
        <div>
          <div className={classes.head}>
            <Typography variant="subtitle1" component="div">
              <HealthLabel health={target.health} />
            </Typography>
            {kind !== 'CronJob' && (
              <Typography variant="body2">
                {t('card.ready', {
                  ready: String(target.readyReplicas),
                  replicas: String(target.replicas),
                })}
              </Typography>
            )}
          </div>
          {target.reason && target.health !== 'Healthy' && (
            <Typography variant="body2" className={classes.place}>
              {target.because ? (
                <ReasonText reason={target.because} />
              ) : (
                target.reason
              )}
            </Typography>
          )}
        </div>
        <RunningImage target={target} />
        <Typography
          variant="body2"
          color="textSecondary"
          component="div"
          className={classes.place}
        >
          <div>{label}</div>
          <div title={t('card.placeTitle', { cluster, namespace })}>
            {`${cluster} / ${namespace}`}
          </div>
        </Typography>
        {target.activeRolloutId ? (
          <ActiveRollout
            id={target.activeRolloutId}
            running={runningImage(target)}
          />
        ) : (
          <LastFailure target={target} />
        )}
        {target.hold && (
          <HoldNotice hold={target.hold} deniedReason={obstacles.hold} />
        )}
        <OwnersNotice target={target} deniedReason={obstacles.consent} />
        {!target.writable.ok && (
          <Typography variant="body2" className={classes.place}>
            {t('card.readOnly', { reason: obstacles.deploy ?? '' })}
          </Typography>
        )}
        <AutoDeployLine target={target} deniedReason={obstacles.policy} />
      </CardContent>
      <CardActions className={classes.actions}>
        <GuardedButton
          size="small"
          variant="contained"
          color="primary"
          deniedReason={obstacles.emergency && obstacles.deploy}
          onClick={() => location.open('deploy', { targetKey: target.key })}
        >
          {t('card.deploy')}
        </GuardedButton>
        <GuardedButton
          size="small"
          variant="outlined"
          deniedReason={obstacles.rollBack}
          onClick={() => location.open('roll-back', { targetKey: target.key })}
        >
          {t('card.rollBack')}
        </GuardedButton>
        <PromoteButton target={target} deniedReason={obstacles.deploy} />
        <div className={classes.menu}>
          <TargetMenu target={target} label={label} obstacles={obstacles} />
        </div>
      </CardActions>
    </Card>
  );
}

function RunningImage({ target }: { target: Target }) {
  const t = useTranslate(imageDeployTranslationRef);
  const { registryNames } = useDeploymentsContext();
  const { repository, tag, digest, registryId } = target;
  return (
    <div>
      <Typography component="div">
        {repository ? (
          <ImageName
            registry={registryId && registryNames.get(registryId)}
            repository={repository}
            tag={tag}
          />
        ) : (
          <span style={{ overflowWrap: 'anywhere' }}>
            {target.image.split('@')[0]}
          </span>
        )}
      </Typography>
      <Typography variant="body2" color="textSecondary" component="div">
        {digest && <DigestText digest={digest} />}
        {target.deployedAt && (
          <>
            {' '}
            {t('card.since', { time: <TimeAgo time={target.deployedAt} /> })}
          </>
        )}
      </Typography>
    </div>
  );
}
