import Typography from '@material-ui/core/Typography';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import { Cluster } from '@slipway/backstage-plugin-image-registry-common';
import {
  HealthLabel,
  ImageName,
  ReasonText,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** A cluster that does not answer, and what the portal last did there. */
export function ClusterDownCard(props: {
  cluster: Cluster;
  environment?: string;
}) {
  const { cluster, environment } = props;
  const { rollouts } = useDeploymentsContext();
  const t = useTranslate(imageDeployTranslationRef);
  const last = rollouts.find(
    rollout =>
      rollout.target.cluster === cluster.name &&
      rollout.environment === environment &&
      rollout.state === 'succeeded',
  );
  return (
    <Card variant="outlined">
      <CardContent>
        <Typography component="div" gutterBottom>
          <HealthLabel health="Unknown" />
        </Typography>
        <Typography variant="body2">
          {cluster.since
            ? t('cluster.downSince', {
                cluster: cluster.title ?? cluster.name,
                time: <TimeAgo time={cluster.since} />,
              })
            : t('cluster.down', { cluster: cluster.title ?? cluster.name })}
        </Typography>
        {cluster.message && (
          <Typography
            variant="body2"
            color="textSecondary"
            style={{ overflowWrap: 'anywhere' }}
          >
            {cluster.because ? (
              <ReasonText reason={cluster.because} />
            ) : (
              cluster.message
            )}
          </Typography>
        )}
        {last && (
          <Typography variant="body2" color="textSecondary">
            {t('cluster.lastDeployed', {
              image: (
                <ImageName
                  repository={last.image.repository}
                  tag={last.image.tag}
                />
              ),
              time: <TimeAgo time={last.finishedAt ?? last.createdAt} />,
            })}
          </Typography>
        )}
      </CardContent>
    </Card>
  );
}
