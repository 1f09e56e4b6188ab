export { gitlabAccounts } from './accounts';
export { SimulatedGitlab } from './SimulatedGitlab';
export type { SimulatedGitlabOptions } from './SimulatedGitlab';
