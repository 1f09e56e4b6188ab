import {
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  NewWebhook,
  RegistryCallOptions,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';

/** What both editions offer, each by operations of its own. */
export interface TencentEdition {
  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>>;
  /** Of one namespace, or of all. */
  repositories(
    namespace: string | undefined,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>>;
  /** At most one repository and how many there are, in one request. */
  sample(
    namespace: string | undefined,
    options: RegistryCallOptions,
  ): Promise<{ repository?: string; total: number }>;
  tags(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>>;
  /** Makes the trigger of a namespace, or changes the one of the same name. */
  putTrigger(
    namespace: string,
    webhook: Pick<NewWebhook, 'name' | 'url' | 'secret'>,
    options: RegistryCallOptions,
  ): Promise<void>;
}
