import { Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { KubeConfig } from '@kubernetes/client-node';
import { because } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterSource } from './ClusterSource';
import { requireHttps } from './requireHttps';

/**
 * Reads `imageRegistry.kubernetes.kubeconfigs`: files of the operator, whose
 * exec plugins may therefore run.
 *
 * A file's current context is one cluster, named by the key; with
 * `context: '*'` each of its contexts is one, named `key/context`.
 */
export function readKubeconfigFiles(config: Config): ClusterSource[] {
  // Read as a value: names such as `prod-1` cannot be part of a config key.
  const files = config.getOptional<Record<string, JsonObject>>(
    'imageRegistry.kubernetes.kubeconfigs',
  );
  return Object.entries(files ?? {}).flatMap(([key, file]) =>
    readFile(key, new ConfigReader(file, `kubeconfigs.${key}`)),
  );
}

function readFile(key: string, file: Config): ClusterSource[] {
  const title = file.getOptionalString('title');
  const wanted = file.getOptionalString('context');
  let loaded: KubeConfig;
  try {
    loaded = new KubeConfig();
    loaded.loadFromFile(file.getString('path'));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return [
      {
        name: key,
        title,
        refusal: because(
          'kubeconfig-unreadable',
          `The kubeconfig cannot be read: ${cause}`,
          { detail: cause },
        ),
      },
    ];
  }
  if (wanted === '*') {
    return loaded
      .getContexts()
      .map(({ name }) => toSource(`${key}/${name}`, title, loaded, name));
  }
  return [toSource(key, title, loaded, wanted ?? loaded.getCurrentContext())];
}

function toSource(
  name: string,
  title: string | undefined,
  loaded: KubeConfig,
  contextName: string,
): ClusterSource {
  const context = loaded.getContextObject(contextName);
  const cluster = context && loaded.getCluster(context.cluster);
  const user = context && loaded.getUser(context.user);
  if (!context || !cluster || !user) {
    throw new InputError(
      `imageRegistry.kubernetes.kubeconfigs: the file of ${name} has no usable context "${contextName}"`,
    );
  }
  if (user.impersonateUser) {
    return {
      name,
      title,
      refusal: because(
        'kubeconfig-impersonates',
        'Its kubeconfig asks to impersonate a user, which is not done; name a service account of its own.',
      ),
    };
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [cluster],
    users: [user],
    contexts: [context],
    currentContext: context.name,
  });
  return requireHttps({ name, title, connection: { kubeConfig } });
}
