import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  AddressGuard,
  createAddressGuard,
  OutgoingProxy,
  readOutgoingProxy,
  trustedRealmsConfigKey,
} from '@slipway/backstage-plugin-image-registry-node';

/** How the backend may call out to registries. */
export interface Outgoing {
  /** Which addresses may be called at all. */
  guard: AddressGuard;
  /** Hosts of token services that may be given credentials, beside the known. */
  trustedRealms?: string[];
  /** For registries without a proxy of their own. */
  proxy?: OutgoingProxy;
}

/**
 * Reads `imageRegistry.outgoing`.
 * @throws InputError naming the key whose value is wrong
 */
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
    proxy: readOutgoingProxy(config),
  };
}
