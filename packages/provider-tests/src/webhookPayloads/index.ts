export { describeMutatedWebhooks } from './describeMutatedWebhooks';
export { mutants } from './mutants';
export type { MutantCall } from './mutants';
export { payloadsOf } from './payloadsOf';
export { prove } from './prove';
export type { Proof, VendorPayloads, WebhookPayload } from './VendorPayloads';
export { vendorPayloads } from './allVendors';
