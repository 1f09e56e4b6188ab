import {
  ListingApi,
  NewWebhook,
  RegistryCallOptions,
} from '@slipway/backstage-plugin-image-registry-node';

/** What both editions offer, each by operations of its own. */
export interface TencentEdition extends ListingApi {
  /** Makes the trigger of a namespace, or changes the one of the same name. */
  putTrigger(
    namespace: string,
    webhook: Pick<NewWebhook, 'name' | 'url' | 'secret'>,
    options: RegistryCallOptions,
  ): Promise<void>;
}
