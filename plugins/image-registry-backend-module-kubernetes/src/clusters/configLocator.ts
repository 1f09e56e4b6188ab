import { existsSync } from 'fs';
import { Config } from '@backstage/config';
import { isError } from '@backstage/errors';
import { KubeConfig, User } from '@kubernetes/client-node';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  ClusterSignIn,
} from '@slipway/backstage-plugin-image-registry-node';
import { BearerTokens } from './BearerTokens';
import { ClusterConnection, ClusterSource } from './ClusterSource';
import { requireHttps } from './requireHttps';

/** Where Kubernetes mounts the token of a pod's service account. */
const IN_CLUSTER_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Sign-ins that take the token from the session of whoever looks. */
const sessionProviders = ['google', 'oidc', 'aks', 'clientCertificate'];

/** Sign-ins that make tokens with a cloud vendor's library. */
const cloudProviders = ['aws', 'azure', 'googleServiceAccount'];

/** What adds them. */
const CLOUDS_MODULE =
  '@slipway/backstage-plugin-image-registry-backend-module-kubernetes-clouds';

/**
 * Reads the clusters that the Kubernetes plugin of Backstage is configured
 * with: `kubernetes.clusterLocatorMethods` of type `config`.
 * @param signIns - what modules added, by `authProvider`
 */
export function readConfigLocator(
  config: Config,
  signIns: ReadonlyMap<string, ClusterSignIn>,
): ClusterSource[] {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .map(cluster => readCluster(cluster, signIns));
}

function readCluster(
  cluster: Config,
  signIns: ReadonlyMap<string, ClusterSignIn>,
): ClusterSource {
  const source = {
    name: cluster.getString('name'),
    title: cluster.getOptionalString('title'),
  };
  const authProvider = cluster.getOptionalString('authProvider');
  const signIn =
    authProvider === undefined ? undefined : signIns.get(authProvider);
  if (signIn) {
    return requireHttps({ ...source, ...signInTo(cluster, signIn) });
  }
  if (authProvider !== 'serviceAccount') {
    return { ...source, refusal: refusalOf(authProvider) };
  }
  const user = readUser(cluster);
  if (!user) {
    return {
      ...source,
      refusal: because(
        'cluster-without-token',
        'This cluster has no serviceAccountToken in the configuration, so it can be viewed only.',
      ),
    };
  }
  const kubeConfig = connect(cluster, user);
  return requireHttps({ ...source, connection: { kubeConfig } });
}

/** With tokens of a module. */
function signInTo(
  cluster: Config,
  signIn: ClusterSignIn,
): { connection: ClusterConnection } | { refusal: Reason } {
  const kubeConfig = connect(cluster, { name: signIn.authProvider });
  try {
    const tokens = signIn.open({
      name: cluster.getString('name'),
      server: cluster.getString('url'),
      config: cluster,
    });
    return { connection: { kubeConfig, tokens: new BearerTokens(tokens) } };
  } catch (error) {
    const words = isError(error) ? error.message : 'it is not configured well';
    return {
      refusal: because(
        'cluster-sign-in-impossible',
        `Signing in with ${signIn.authProvider} is not possible, so this cluster can be viewed only: ${words}`,
        { provider: signIn.authProvider, detail: words },
      ),
    };
  }
}

function connect(cluster: Config, user: User): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: cluster.getString('name'),
      server: cluster.getString('url').replace(/\/+$/, ''),
      caData: cluster.getOptionalString('caData'),
      caFile: cluster.getOptionalString('caFile'),
      skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
    },
    user,
  );
  return kubeConfig;
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

function refusalOf(authProvider: string | undefined): Reason {
  if (authProvider && cloudProviders.includes(authProvider)) {
    return because(
      'cluster-needs-module',
      `Signing in with ${authProvider} needs a module that is not installed in this portal, so this cluster can be viewed only. An operator adds to the backend: backend.add(import('${CLOUDS_MODULE}'));`,
      { provider: authProvider, module: CLOUDS_MODULE },
    );
  }
  if (authProvider && sessionProviders.includes(authProvider)) {
    return because(
      'cluster-of-browser-session',
      `Signing in with ${authProvider} takes the token from your browser session; background work has none, so this cluster can be viewed only.`,
      { provider: authProvider },
    );
  }
  const provider = authProvider ?? 'no authProvider';
  return because(
    'cluster-sign-in-unknown',
    `Signing in with ${provider} is not possible for background work, so this cluster can be viewed only.`,
    { provider },
  );
}
