import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { KubeConfig, User } from '@kubernetes/client-node';
import { ClusterConnection } from './ClusterSource';

/** A credential of its own for some namespaces of a cluster. */
export interface DeployCredential {
  /** Names, or patterns with `*`. */
  namespaces: string[];
  connection: ClusterConnection;
}

const KEY = 'imageRegistry.kubernetes.deployCredentials';

/**
 * Reads who writes where: in the namespaces named, everything that changes
 * something is signed in as that service account, and the cluster's own
 * credential only reads.
 *
 * @throws InputError for one without namespaces, or without one token
 */
export function readDeployCredentials(
  config: Config,
  cluster: string,
  connection: ClusterConnection | undefined,
): DeployCredential[] {
  const all = config.getOptionalConfigArray(KEY) ?? [];
  return all
    .filter(entry => entry.getString('cluster') === cluster)
    .flatMap(entry => {
      const namespaces = entry.getStringArray('namespaces');
      if (namespaces.length === 0) {
        throw new InputError(`${KEY}: ${cluster} needs namespaces`);
      }
      const user = readUser(entry, cluster);
      return connection
        ? [{ namespaces, connection: signedInAs(connection, user) }]
        : [];
    });
}

/** @throws InputError for a cluster that is not configured */
export function requireKnownClusters(
  config: Config,
  names: ReadonlySet<string>,
): void {
  for (const entry of config.getOptionalConfigArray(KEY) ?? []) {
    const cluster = entry.getString('cluster');
    if (!names.has(cluster)) {
      throw new InputError(`${KEY}: no cluster is called "${cluster}"`);
    }
  }
}

function readUser(entry: Config, cluster: string): User {
  const token = entry.getOptionalString('token');
  const tokenFile = entry.getOptionalString('tokenFile');
  if ((token === undefined) === (tokenFile === undefined)) {
    throw new InputError(
      `${KEY}: ${cluster} needs either a token or a tokenFile`,
    );
  }
  const name = 'deploy';
  return tokenFile === undefined
    ? { name, token }
    : { name, authProvider: { name: 'tokenFile', config: { tokenFile } } };
}

/** The same server, CA and proxy; another user. */
function signedInAs(
  { kubeConfig }: ClusterConnection,
  user: User,
): ClusterConnection {
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new InputError(`${KEY}: the cluster has no address`);
  }
  const own = new KubeConfig();
  own.loadFromClusterAndUser(cluster, user);
  return { kubeConfig: own };
}
