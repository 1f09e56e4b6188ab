import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import UpIcon from '@material-ui/icons/CheckCircle';
import DownIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/HelpOutline';
import { Cluster } from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  SectionTitle,
  StateLabel,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  cluster: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
}));

/** The clusters that the portal knows and whether they answer. */
export function ClusterList({ clusters }: { clusters: Cluster[] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <>
      <SectionTitle>{t('clusters.title')}</SectionTitle>
      {clusters.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('firstHour.noClusters')}
        </Typography>
      )}
      <ul className={classes.list}>
        {clusters.map(cluster => (
          <Typography
            key={cluster.name}
            variant="body2"
            component="li"
            className={classes.cluster}
          >
            <strong>{cluster.title ?? cluster.name}</strong>{' '}
            <ReachabilityLabel cluster={cluster} />{' '}
            {cluster.viewOnly && (
              <Chip
                size="small"
                variant="outlined"
                label={t('clusters.viewOnly')}
              />
            )}
            {cluster.because ? (
              <div>
                <ReasonText reason={cluster.because} />
              </div>
            ) : (
              cluster.message && <div>{cluster.message}</div>
            )}
          </Typography>
        ))}
      </ul>
    </>
  );
}

/** Whether a cluster answers; `undefined` is one that the portal doesn't know. */
export function ReachabilityLabel({ cluster }: { cluster?: Cluster }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  if (!cluster) {
    return (
      <StateLabel icon={HelpIcon} tone="warning">
        {t('clusters.notConfigured')}
      </StateLabel>
    );
  }
  return cluster.reachable ? (
    <StateLabel icon={UpIcon} tone="ok">
      {t('clusters.reachable')}
    </StateLabel>
  ) : (
    <StateLabel icon={DownIcon} tone="error">
      {t('clusters.down')} {cluster.since && <TimeAgo time={cluster.since} />}
    </StateLabel>
  );
}
