import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { ClusterDownCard } from './ClusterDownCard';
import { groupLanes, Lane } from './groupLanes';
import { TargetCard } from './TargetCard';
import { useGrowingCount } from './useGrowingCount';

const useStyles = makeStyles(theme => ({
  lanes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  },
  lane: {
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
  },
  title: { overflowWrap: 'anywhere' },
}));

/** What runs, one lane for each environment, in the environments' order. */
export function Lanes() {
  const classes = useStyles();
  const { running } = useDeploymentsContext();
  const lanes = groupLanes(running);
  if (lanes.length === 0) {
    return null;
  }
  return (
    <div className={classes.lanes}>
      {lanes.map(lane => (
        <LaneColumn key={lane.environment ?? ''} lane={lane} />
      ))}
    </div>
  );
}

/** Cards of a lane that are drawn at a time: hundreds would take seconds. */
const CARDS = 20;

function LaneColumn({ lane }: { lane: Lane }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const [most, setMost] = useState(CARDS);
  const hidden = lane.targets.length - most;
  const drawn = useGrowingCount(Math.min(most, lane.targets.length));
  const title = lane.environment ?? t('lanes.other');
  return (
    <section className={classes.lane} aria-label={title}>
      <Typography variant="h6" component="h2" className={classes.title}>
        {title}
      </Typography>
      {needingLooksFirst(lane.targets)
        .slice(0, drawn)
        .map(target => (
          <TargetCard key={target.key} target={target} />
        ))}
      {hidden > 0 && (
        <Button onClick={() => setMost(most + CARDS)}>
          {t('lanes.more', {
            count: String(Math.min(hidden, CARDS)),
            total: String(lane.targets.length),
          })}
        </Button>
      )}
      {lane.downClusters.map(cluster => (
        <ClusterDownCard
          key={cluster.name}
          cluster={cluster}
          environment={lane.environment}
        />
      ))}
    </section>
  );
}

/** Where not all are drawn, none that needs to be seen is left out first. */
function needingLooksFirst(targets: Target[]): Target[] {
  const isCalm = ({ health, activeRolloutId, hold }: Target) =>
    health === 'Healthy' && !activeRolloutId && !hold;
  return targets.length > CARDS
    ? [...targets].sort((a, b) => Number(isCalm(a)) - Number(isCalm(b)))
    : targets;
}
