export { giteaAccount, SimulatedGitea } from './SimulatedGitea';
export { SimulatedZot, zotAccount } from './SimulatedZot';
