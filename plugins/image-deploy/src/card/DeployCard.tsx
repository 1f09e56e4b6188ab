import { ReactNode } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import CardHeader from '@material-ui/core/CardHeader';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ErrorPanel,
  HealthLabel,
  HeldLabel,
  imageLabel,
  RowsSkeleton,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { groupLanes, Lane, UnknownClusters } from '../lanes';
import { entityDeployRouteRef } from '../routes';
import { useRunning } from '../tab/useDeployments';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  lanes: { listStyle: 'none', margin: 0, padding: 0 },
  lane: {
    display: 'grid',
    gridTemplateColumns: 'minmax(80px, 1fr) minmax(0, 2fr)',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.75, 0),
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  targets: { display: 'grid', gap: theme.spacing(0.5) },
  target: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 1.5),
    ...theme.typography.body2,
  },
  image: { fontWeight: 600 },
}));

/** Which image runs in which environment, and how it is, on the overview. */
export function DeployCard() {
  const { entity } = useEntity();
  const t = useTranslate(imageDeployTranslationRef);
  const tabLink = useRouteRef(entityDeployRouteRef);
  return (
    <Card>
      <CardHeader
        title={t('overview.title')}
        titleTypographyProps={{ variant: 'h5', component: 'h2' }}
        action={<Link to={tabLink()}>{t('overview.open')}</Link>}
      />
      <CardContent>
        <Environments entityRef={stringifyEntityRef(entity)} />
      </CardContent>
    </Card>
  );
}

function Environments({ entityRef }: { entityRef: string }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { value, error, refetch } = useRunning(entityRef);
  if (!value) {
    return error ? (
      <ErrorPanel
        error={error}
        title={t('overview.loadFailed')}
        onRetry={refetch}
      />
    ) : (
      <RowsSkeleton rows={2} />
    );
  }
  const lanes = groupLanes(value);
  return (
    <>
      {lanes.length === 0 ? (
        <Typography>{t('overview.none')}</Typography>
      ) : (
        <ul className={classes.lanes}>
          {lanes.map(lane => (
            <LaneLine key={lane.environment ?? ''} lane={lane} />
          ))}
        </ul>
      )}
      <UnknownClusters running={value} onRetry={refetch} />
    </>
  );
}

function LaneLine({ lane }: { lane: Lane }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const several = lane.targets.length > 1;
  const line = (key: string, content: ReactNode) => (
    <div key={key} className={classes.target}>
      {content}
    </div>
  );
  return (
    <li className={classes.lane}>
      <Typography variant="body2">
        {lane.environment ?? t('lanes.other')}
      </Typography>
      <div className={classes.targets}>
        {lane.targets.map(target =>
          line(
            target.key,
            <>
              <HealthLabel health={target.health} />
              <span className={classes.image}>
                {imageLabel({
                  tag: target.tag,
                  digest: target.digest,
                  reference: target.image,
                })}
              </span>
              {several && (
                <span>
                  {t('overview.where', {
                    workload: target.ref.name,
                    container: target.ref.container,
                  })}
                </span>
              )}
              {target.hold && <HeldLabel />}
            </>,
          ),
        )}
        {lane.downClusters.map(cluster =>
          line(
            cluster.name,
            <>
              <HealthLabel health="Unknown" />
              <span>
                {t('overview.down', {
                  cluster: cluster.title ?? cluster.name,
                })}
              </span>
            </>,
          ),
        )}
      </div>
    </li>
  );
}
