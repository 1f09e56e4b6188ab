export { checkStep, skippedStep, withVendorSteps } from './vendorCheck';
export type { StepFinding, VendorListing, VendorSteps } from './vendorCheck';
export { ApiListings, sampleOf } from './ApiListings';
export type {
  ApiListingsParts,
  ListingApi,
  RepositorySample,
} from './ApiListings';
export { checkFindings } from './checkFindings';
export { callOptions } from './callOptions';
export { webhookPlaces } from './webhookPlaces';
export { isoTime } from './isoTime';
export { listingDoubts } from './listingDoubts';
export { nameOf } from './PageCollector';
export type { CollectedPage } from './PageCollector';
export * from './readFollowingPages';
export * from './readNumberedPages';
export { sameHostUrl } from './sameHost';
export type { FollowedUrl } from './sameHost';
export { countOf } from './countOf';
export { canonicalQuery, encodeQuery, encodeRfc3986 } from './encodeQuery';
export { noLogin } from './noLogin';
export { objectsOf } from './objectsOf';
export { quotedAnswer } from './quotedAnswer';
export { splitRepository } from './splitRepository';
export { searchPage } from './searchPage';
export { repeatThrottled } from './repeatThrottled';
export { severityCounts } from './severityCounts';
export type { Severity } from './severityCounts';
export { shaped } from './shaped';
export type { Shape, Shaped } from './shaped';
