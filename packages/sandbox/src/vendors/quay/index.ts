export { quayAccounts, SimulatedQuay } from './SimulatedQuay';
