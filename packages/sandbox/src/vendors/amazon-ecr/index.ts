export { ecrAccounts, ecrPlace } from './accounts';
export { SimulatedEcr } from './SimulatedEcr';
