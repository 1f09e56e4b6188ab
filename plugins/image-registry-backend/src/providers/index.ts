import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { createDistributionProvider } from './distribution';
import { createDockerHubProvider } from './docker-hub';
import { createHarborProvider } from './harbor';

export { createDistributionProvider } from './distribution';
export { createDockerHubProvider } from './docker-hub';
export type { DockerHubProviderOptions } from './docker-hub';
export { createHarborProvider } from './harbor';

/** The kinds of registries that need no module. */
export function builtInProviders(): RegistryProvider[] {
  return [
    createDistributionProvider(),
    createDockerHubProvider(),
    createHarborProvider(),
  ];
}
