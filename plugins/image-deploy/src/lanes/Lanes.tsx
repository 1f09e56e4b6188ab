import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { ClusterDownCard } from './ClusterDownCard';
import { groupLanes, Lane } from './groupLanes';
import { TargetCard } from './TargetCard';

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
  return (
    <div className={classes.lanes}>
      {groupLanes(running).map(lane => (
        <LaneColumn key={lane.environment ?? ''} lane={lane} />
      ))}
    </div>
  );
}

function LaneColumn({ lane }: { lane: Lane }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const title = lane.environment ?? t('lanes.other');
  return (
    <section className={classes.lane} aria-label={title}>
      <Typography variant="h6" component="h2" className={classes.title}>
        {title}
      </Typography>
      {lane.targets.map(target => (
        <TargetCard key={target.key} target={target} />
      ))}
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
