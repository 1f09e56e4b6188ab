import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import {
  because,
  ClusterSignIn,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterSource } from './ClusterSource';
import { readConfigLocator } from './configLocator';
import {
  readDeployCredentials,
  requireKnownClusters,
} from './deployCredentials';
import { readKubeconfigFiles } from './kubeconfigFiles';
import { withProxy } from './proxies';
import { requireHttps } from './requireHttps';

/**
 * All clusters of the configuration, in its order.
 * @param signIns - what modules added, by `authProvider`
 * @throws InputError when two of them have the same name
 */
export function readClusterSources(
  config: Config,
  signIns: ReadonlyMap<string, ClusterSignIn> = new Map(),
): ClusterSource[] {
  const sources = [
    ...readConfigLocator(config, signIns),
    ...readKubeconfigFiles(config),
    ...readInCluster(config),
  ].map(source => withProxy(config, source));
  const names = new Set<string>();
  for (const { name } of sources) {
    if (names.has(name)) {
      throw new InputError(`Two Kubernetes clusters are called "${name}"`);
    }
    names.add(name);
  }
  requireKnownClusters(config, names);
  return sources.map(source => ({
    ...source,
    namespaces: readNamespaces(config, source.name),
    deployCredentials: readDeployCredentials(
      config,
      source.name,
      source.connection,
    ),
  }));
}

function readInCluster(config: Config): ClusterSource[] {
  const inCluster = config.getOptionalConfig(
    'imageRegistry.kubernetes.inCluster',
  );
  if (!inCluster) {
    return [];
  }
  const name = inCluster.getString('name');
  const title = inCluster.getOptionalString('title');
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    return [
      {
        name,
        title,
        refusal: because(
          'cluster-not-inside',
          'imageRegistry.kubernetes.inCluster is set, but the backend does not run inside a cluster.',
        ),
      },
    ];
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromCluster();
  return [requireHttps({ name, title, connection: { kubeConfig } })];
}

function readNamespaces(config: Config, cluster: string): string[] | undefined {
  const all = config.getOptional<Record<string, string[]>>(
    'imageRegistry.kubernetes.namespaces',
  );
  const own = all?.[cluster];
  if (own === undefined) {
    return undefined;
  }
  if (!Array.isArray(own) || own.some(name => typeof name !== 'string')) {
    throw new InputError(
      `imageRegistry.kubernetes.namespaces.${cluster} must be a list of names`,
    );
  }
  return own;
}
