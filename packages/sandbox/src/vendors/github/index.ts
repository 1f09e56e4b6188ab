export { githubAccounts, SimulatedGithub } from './SimulatedGithub';
export type { GithubHook } from './hooks';
