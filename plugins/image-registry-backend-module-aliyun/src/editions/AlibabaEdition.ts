import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';
import {
  ListingApi,
  RegistryCallOptions,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';

/** A trigger as the vendor calls it: a webhook of one repository. */
export interface AlibabaTrigger {
  name: string;
  /** With the secret in it: triggers send nothing else. */
  url: string;
}

/** What both editions offer, each by an API of its own. */
export interface AlibabaEdition extends ListingApi {
  /** A login for the registry that ends by itself. */
  login(options: RegistryCallOptions): Promise<TemporaryLogin>;
  scan(
    repository: string,
    digest: string,
    options: RegistryCallOptions,
  ): Promise<ScanSummary>;
  /** Makes the trigger, or changes the one of the same name. */
  putTrigger(
    repository: string,
    trigger: AlibabaTrigger,
    options: RegistryCallOptions,
  ): Promise<void>;
}
