export { createDockerHubProvider } from './createDockerHubProvider';
