import { because } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterSource } from './ClusterSource';

/** Takes the connection away when it would send its token in the clear. */
export function requireHttps(source: ClusterSource): ClusterSource {
  const server = source.connection?.kubeConfig.getCurrentCluster()?.server;
  if (server === undefined || /^https:\/\//i.test(server)) {
    return source;
  }
  return {
    ...source,
    connection: undefined,
    refusal: because(
      'cluster-not-https',
      'The address of this cluster is not https, so its token is not sent there.',
    ),
  };
}
