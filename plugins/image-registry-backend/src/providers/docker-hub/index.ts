export { createDockerHubProvider } from './createDockerHubProvider';
export type { DockerHubProviderOptions } from './createDockerHubProvider';
