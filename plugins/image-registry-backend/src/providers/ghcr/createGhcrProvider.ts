import { InputError } from '@backstage/errors';
import { parseRegistryAddress } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { ghcrDescriptor } from './descriptor';
import { GhcrClient } from './GhcrClient';
import { githubHostsOf } from './githubHosts';
import { ghcrWebhook } from './webhook';

/** GitHub's container registry: ghcr.io and `containers.<host>`. */
export function createGhcrProvider(): RegistryProvider {
  return {
    descriptor: ghcrDescriptor,
    webhook: ghcrWebhook,
    normalizeAddress(text) {
      const { url } = parseRegistryAddress(text);
      hostsOf(url);
      return url;
    },
    connect: connection =>
      new GhcrClient(connection, hostsOf(connection.address)),
  };
}

function hostsOf(address: string) {
  const { host } = new URL(address);
  const hosts = githubHostsOf(host);
  if (!hosts) {
    throw refusal(
      InputError,
      because(
        'ghcr-address-other',
        `${host} is no container registry of GitHub; write ghcr.io, or containers.<host> for a GitHub Enterprise Server`,
        { host },
      ),
    );
  }
  return hosts;
}
