import { InputError } from '@backstage/errors';
import {
  DOCKER_HUB,
  parseRegistryAddress,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { dockerHubDescriptor } from './descriptor';
import { DockerHubClient } from './DockerHubClient';
import { dockerHubWebhook } from './webhook';

/** Docker Hub. */
export function createDockerHubProvider(): RegistryProvider {
  return {
    descriptor: dockerHubDescriptor,
    webhook: dockerHubWebhook,
    normalizeAddress(text) {
      const address = parseRegistryAddress(text);
      if (address.registry !== DOCKER_HUB) {
        throw new InputError(
          `${address.registry} is not Docker Hub; choose the kind Docker Registry for it`,
        );
      }
      return address.url;
    },
    connect: connection => new DockerHubClient(connection),
  };
}
