import {
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  NewWebhook,
  RegistryCallOptions,
  RegistryPage,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';

/** What both editions offer, each by an API of its own. */
export interface HuaweiEdition {
  /** Organizations of the basic edition, namespaces of an instance. */
  namespaces(options: RegistryCallOptions): Promise<RegistryPage<string>>;
  /** Of one organization, or of all. */
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
