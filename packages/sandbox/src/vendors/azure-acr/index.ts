export { azureAcrAccounts } from './accounts';
export { SimulatedAzureAcr } from './SimulatedAzureAcr';
