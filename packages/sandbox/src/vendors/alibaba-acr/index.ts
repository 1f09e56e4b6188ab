export { alibabaAccounts } from './accounts';
export { alibabaHosts, SimulatedAlibabaAcr } from './SimulatedAlibabaAcr';
