import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import { Targets } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { unknownClusters } from './groupLanes';

/** One line on the clusters that could not be asked; they are no lane. */
export function UnknownClusters(props: { running: Targets; onRetry(): void }) {
  const { running, onRetry } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const clusters = unknownClusters(running);
  if (clusters.length === 0) {
    return null;
  }
  const names = clusters.map(({ name, title }) => title ?? name).join(', ');
  return (
    <Typography
      variant="body2"
      color="textSecondary"
      role="status"
      style={{ overflowWrap: 'anywhere' }}
    >
      {t(clusters.length === 1 ? 'cluster.unknown' : 'cluster.unknownSeveral', {
        clusters: names,
      })}{' '}
      <Link
        component="button"
        type="button"
        variant="body2"
        underline="always"
        onClick={onRetry}
      >
        {t('cluster.retry')}
      </Link>
    </Typography>
  );
}
