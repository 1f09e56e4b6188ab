export { jfrogAccounts } from './accounts';
export { SimulatedJFrog } from './SimulatedJFrog';
