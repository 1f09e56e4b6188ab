import { RegistryConnection } from '@slipway/backstage-plugin-image-registry-node';
import { editionOf, isRegion, regionOf } from './addresses';

/** Name of the option that holds the region, where the address does not. */
export const REGION_OPTION = 'region';

/** Where a registry is. */
export interface HuaweiPlace {
  edition: 'basic' | 'enterprise';
  host: string;
  /** Absent when neither the address nor the settings tell it. */
  region?: string;
}

/** Edition and region of a connection; the address is believed first. */
export function placeOf({
  address,
  options,
}: Pick<RegistryConnection, 'address' | 'options'>): HuaweiPlace {
  const host = new URL(address).hostname;
  const typed = options[REGION_OPTION];
  const region =
    regionOf(host) ?? (typeof typed === 'string' ? typed.trim() : '');
  return {
    edition: editionOf(host),
    host,
    ...(isRegion(region) && { region }),
  };
}
