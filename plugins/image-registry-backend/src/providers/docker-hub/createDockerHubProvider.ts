import { InputError } from '@backstage/errors';
import {
  DOCKER_HUB,
  parseRegistryAddress,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { dockerHubDescriptor } from './descriptor';
import { DockerHubClient } from './DockerHubClient';
import { dockerHubWebhook } from './webhook';

/** Options of {@link createDockerHubProvider}. */
export interface DockerHubProviderOptions {
  /** Base URL of the Hub's own API. Default: `https://hub.docker.com`. */
  apiUrl?: string;
  /** Base URL of its OCI registry, instead of Docker Hub's. */
  registryUrl?: string;
}

/** Docker Hub. */
export function createDockerHubProvider(
  options: DockerHubProviderOptions = {},
): RegistryProvider {
  const { apiUrl = 'https://hub.docker.com', registryUrl } = options;
  return {
    descriptor: dockerHubDescriptor,
    webhook: dockerHubWebhook,
    normalizeAddress(text) {
      const address = parseRegistryAddress(text);
      if (registryUrl && address.url === registryUrl) {
        return registryUrl;
      }
      if (address.registry !== DOCKER_HUB) {
        throw new InputError(
          `${address.registry} is not Docker Hub; choose the kind Docker Registry for it`,
        );
      }
      return registryUrl ?? address.url;
    },
    connect: connection => new DockerHubClient(connection, apiUrl),
  };
}
