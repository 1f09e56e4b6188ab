import { InputError } from '@backstage/errors';
import {
  DOCKER_HUB,
  parseRegistryAddress,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
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
        throw refusal(
          InputError,
          because(
            'docker-hub-address-other',
            `${address.registry} is not Docker Hub; choose the kind Docker Registry for it`,
            { host: address.registry },
          ),
        );
      }
      return address.url;
    },
    connect: connection => new DockerHubClient(connection),
  };
}
