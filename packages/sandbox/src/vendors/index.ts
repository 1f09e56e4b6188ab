export * from './alibaba-acr';
export * from './amazon-ecr';
export { createVendors } from './createVendors';
export { STRANGER } from './faults/Stranger';
export type { VendorFault, VendorFaultInput } from './faults/VendorFault';
export { vendorFaultSchema } from './faults/VendorFault';
export type { VendorFaults, VendorFaultState } from './faults/VendorFaults';
export * from './github';
export * from './gitlab';
export * from './google-artifact-registry';
export * from './azure-acr';
export * from './jfrog';
export * from './nexus';
export * from './oci';
export * from './docker-hub';
export * from './harbor';
export * from './huawei-swr';
export * from './quay';
export * from './tencent-tcr';
export type { VendorImage } from './registry/buildVendorImage';
export { seedManyRepositories } from './registry/seedManyRepositories';
export { NIGHTLY_TAGS, seedVendorImages } from './registry/seedVendorImages';
export * from './registry/storedImages';
export { VendorRegistry } from './registry/VendorRegistry';
export type { VendorRegistryOptions } from './registry/VendorRegistry';
export type { RecordedRequest, RequestLog } from './RequestLog';
export type { SimulatedVendor } from './SimulatedVendor';
export * from './VendorAnswer';
export { VendorClock } from './VendorClock';
export {
  basicLoginOf,
  bearerTokenOf,
  formBodyOf,
  jsonBodyOf,
  withPath,
} from './VendorRequest';
export type { VendorRequest } from './VendorRequest';
export { vendorLogins } from './vendorLogins';
export type { VendorLogin } from './vendorLogins';
export { startVendorWorld } from './VendorWorld';
export type { VendorWorld, VendorWorldOptions } from './VendorWorld';
