import { VendorPayloads } from './VendorPayloads';
import { vendorPayloads } from './allVendors';

/** The calls of one kind of registry. */
export function payloadsOf(provider: string): VendorPayloads {
  const found = vendorPayloads.find(
    ({ registry }) => registry.provider === provider,
  );
  if (!found) {
    throw new Error(`No calls of ${provider} are known`);
  }
  return found;
}
