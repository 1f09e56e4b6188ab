import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  AddressGuard,
  createAddressGuard,
  trustedRealmsConfigKey,
} from '@slipway/backstage-plugin-image-registry-node';

/** How the backend may call out to registries. */
export interface Outgoing {
  /** Which addresses may be called at all. */
  guard: AddressGuard;
  /** Hosts of token services that may be given credentials, beside the known. */
  trustedRealms?: string[];
}

/** Reads `imageRegistry.outgoing`. */
export function readOutgoing(config: RootConfigService): Outgoing {
  return {
    guard: createAddressGuard({
      allowedLoopback: config.getOptionalStringArray(
        'imageRegistry.outgoing.allowedLoopback',
      ),
      allowedPrivate: config.getOptionalStringArray(
        'imageRegistry.outgoing.allowedPrivate',
      ),
    }),
    trustedRealms: config.getOptionalStringArray(trustedRealmsConfigKey),
  };
}
