import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterSource } from './ClusterSource';

const PROXIES = 'imageRegistry.kubernetes.proxies';

/**
 * The same cluster through the proxy that the configuration names for it. A
 * kubeconfig's own `proxy-url` stays where none is named.
 * @throws InputError when it is no address of a proxy
 */
export function withProxy(
  config: Config,
  source: ClusterSource,
): ClusterSource {
  const proxyUrl =
    config.getOptional<Record<string, string>>(PROXIES)?.[source.name];
  if (proxyUrl === undefined || !source.connection) {
    return source;
  }
  if (!/^(https?|socks5?):$/.test(protocolOf(proxyUrl))) {
    throw new InputError(
      `${PROXIES}.${source.name} must be an http:, https: or socks5: address`,
    );
  }
  const { clusters, users, contexts, currentContext } =
    source.connection.kubeConfig;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: clusters.map(cluster => ({ ...cluster, proxyUrl })),
    users,
    contexts,
    currentContext,
  });
  return { ...source, connection: { ...source.connection, kubeConfig } };
}

function protocolOf(address: unknown): string {
  try {
    return new URL(String(address)).protocol;
  } catch {
    return '';
  }
}
