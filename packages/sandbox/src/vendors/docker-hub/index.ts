export { ANONYMOUS_PULLS, dockerHubAccounts } from './accounts';
export type { DockerHubAccount } from './accounts';
export { SimulatedDockerHub } from './SimulatedDockerHub';
