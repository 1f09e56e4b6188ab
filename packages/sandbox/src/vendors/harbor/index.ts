export { harborAccounts } from './accounts';
export type { HarborAccount } from './accounts';
export type {
  HarborScanState,
  HarborState,
  HarborWebhookPolicy,
} from './HarborState';
export { SimulatedHarbor } from './SimulatedHarbor';
export type { SimulatedHarborOptions } from './SimulatedHarbor';
