export { huaweiAccounts } from './accounts';
export { huaweiHosts, SimulatedHuaweiSwr } from './SimulatedHuaweiSwr';
