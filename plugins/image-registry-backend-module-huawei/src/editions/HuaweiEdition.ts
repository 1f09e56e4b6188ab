import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';
import {
  ListingApi,
  NewWebhook,
  RegistryCallOptions,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * What both editions offer, each by an API of its own. Namespaces are the
 * organizations of the basic edition.
 */
export interface HuaweiEdition extends ListingApi {
  /** A login for the registry that ends by itself. */
  login(options: RegistryCallOptions): Promise<TemporaryLogin>;
  scan(
    repository: string,
    digest: string,
    options: RegistryCallOptions,
  ): Promise<ScanSummary>;
  /** Makes the trigger of a namespace, or changes the one of the same name. */
  putTrigger(
    namespace: string,
    webhook: Pick<NewWebhook, 'name' | 'url' | 'secret'>,
    options: RegistryCallOptions,
  ): Promise<void>;
}
