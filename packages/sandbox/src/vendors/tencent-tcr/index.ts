export { tencentAccounts } from './accounts';
export { SimulatedTencentTcr, tencentHosts } from './SimulatedTencentTcr';
