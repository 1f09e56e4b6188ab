import { SimulatedEcr } from './amazon-ecr';
import { SimulatedGithub } from './github';
import { SimulatedQuay } from './quay';
import { SimulatedVendor } from './SimulatedVendor';
import { VendorClock } from './VendorClock';

/** Every vendor, seeded, as the development portal gets them. */
export function createVendors(clock = new VendorClock()): SimulatedVendor[] {
  return [SimulatedGithub.create({ clock }), SimulatedQuay.create({ clock })];
}
