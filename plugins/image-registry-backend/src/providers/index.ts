import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { createAzureAcrProvider } from './azure-acr';
import { createDistributionProvider } from './distribution';
import { createDockerHubProvider } from './docker-hub';
import { createGhcrProvider } from './ghcr';
import { createGitlabProvider } from './gitlab';
import { createHarborProvider } from './harbor';
import { createJFrogProvider } from './jfrog';
import { createNexusProvider } from './nexus';
import { createQuayProvider } from './quay';

export { createAzureAcrProvider } from './azure-acr';
export { createDistributionProvider } from './distribution';
export { createDockerHubProvider } from './docker-hub';
export { createHarborProvider } from './harbor';
export { createJFrogProvider } from './jfrog';
export { createNexusProvider } from './nexus';
export { createQuayProvider } from './quay';
export { createGhcrProvider } from './ghcr';
export { createGitlabProvider } from './gitlab';

/** The kinds of registries that need no module. */
export function builtInProviders(): RegistryProvider[] {
  return [
    createDistributionProvider(),
    createDockerHubProvider(),
    createHarborProvider(),
    createJFrogProvider(),
    createNexusProvider(),
    createQuayProvider(),
    createGhcrProvider(),
    createGitlabProvider(),
    createAzureAcrProvider(),
  ];
}
