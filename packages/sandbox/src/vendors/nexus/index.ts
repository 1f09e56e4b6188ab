export { nexusAccounts } from './accounts';
export { SimulatedNexus } from './SimulatedNexus';
