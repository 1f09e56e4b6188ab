import { existsSync } from 'fs';
import { Config } from '@backstage/config';
import { KubeConfig, User } from '@kubernetes/client-node';
import { ClusterSource } from './ClusterSource';
import { requireHttps } from './requireHttps';

/** Where Kubernetes mounts the token of a pod's service account. */
const IN_CLUSTER_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Sign-ins that take the token from the session of whoever looks. */
const sessionProviders = ['google', 'oidc', 'aks', 'clientCertificate'];

/** Sign-ins that make tokens with a cloud vendor's library. */
const vendorProviders = ['aws', 'azure', 'googleServiceAccount'];

/**
 * Reads the clusters that the Kubernetes plugin of Backstage is configured
 * with: `kubernetes.clusterLocatorMethods` of type `config`.
 */
export function readConfigLocator(config: Config): ClusterSource[] {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .map(readCluster);
}

function readCluster(cluster: Config): ClusterSource {
  const name = cluster.getString('name');
  const source = { name, title: cluster.getOptionalString('title') };
  const authProvider = cluster.getOptionalString('authProvider');
  if (authProvider !== 'serviceAccount') {
    return { ...source, refusal: refusalOf(authProvider) };
  }
  const user = readUser(cluster);
  if (!user) {
    return {
      ...source,
      refusal:
        'This cluster has no serviceAccountToken in the configuration, so it can be viewed only.',
    };
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name,
      server: cluster.getString('url').replace(/\/+$/, ''),
      caData: cluster.getOptionalString('caData'),
      caFile: cluster.getOptionalString('caFile'),
      skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
    },
    user,
  );
  return requireHttps({ ...source, connection: { kubeConfig } });
}

function readUser(cluster: Config): User | undefined {
  const name = 'service-account';
  const token = cluster.getOptionalString('serviceAccountToken');
  if (token) {
    return { name, token };
  }
  return existsSync(IN_CLUSTER_TOKEN)
    ? {
        name,
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: IN_CLUSTER_TOKEN },
        },
      }
    : undefined;
}

function refusalOf(authProvider: string | undefined): string {
  if (authProvider && vendorProviders.includes(authProvider)) {
    return `Signing in with ${authProvider} needs the optional module for that cloud; without it this cluster can be viewed only.`;
  }
  if (authProvider && sessionProviders.includes(authProvider)) {
    return `Signing in with ${authProvider} takes the token from your browser session; background work has none, so this cluster can be viewed only.`;
  }
  return `Signing in with ${
    authProvider ?? 'no authProvider'
  } is not possible for background work, so this cluster can be viewed only.`;
}
