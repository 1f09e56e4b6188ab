import {
  RegistryCallOptions,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { TencentApi } from './api';
import { EnterpriseEdition } from './editions';
import { findInstance } from './instance';

/** The Enterprise instance behind a domain, found once. */
export class InstanceSource {
  readonly #api: TencentApi;
  readonly #host: string;
  #edition: Promise<EnterpriseEdition> | undefined;

  constructor(api: TencentApi, host: string) {
    this.#api = api;
    this.#host = host;
  }

  /**
   * @param operation - what it is needed for
   * @throws RegistryError when the account has none of that domain
   */
  get(
    operation: string,
    { priority }: RegistryCallOptions,
  ): Promise<EnterpriseEdition> {
    // Others may wait for the same answer: no caller's signal ends it.
    this.#edition ??= findInstance(this.#api, this.#host, operation, {
      priority,
    })
      .then(instance => new EnterpriseEdition(this.#api, instance))
      .catch(error => {
        this.#edition = undefined;
        throw error;
      });
    return this.#edition;
  }

  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const edition = await this.get('get a temporary login', options);
    return edition.login(options);
  }
}
