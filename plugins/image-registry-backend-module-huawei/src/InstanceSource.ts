import {
  RegistryCallOptions,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { HuaweiApi } from './api';
import { EnterpriseEdition } from './editions';
import { findInstance, findProject, InstanceAddress } from './instance';

/** The Enterprise instance behind a domain, and its project, found once each. */
export class InstanceSource {
  readonly #api: HuaweiApi;
  readonly #address: InstanceAddress;
  #project: Promise<string> | undefined;
  #edition: Promise<EnterpriseEdition> | undefined;

  constructor(api: HuaweiApi, address: InstanceAddress) {
    this.#api = api;
    this.#address = address;
  }

  /**
   * Id of the region's project.
   * @param operation - what it is needed for
   * @throws RegistryError when the account has none there
   */
  project(
    operation: string,
    { priority }: RegistryCallOptions,
  ): Promise<string> {
    // Others may wait for the same answer: no caller's signal ends it.
    this.#project ??= findProject(this.#api, this.#address, operation, {
      priority,
    }).catch(error => {
      this.#project = undefined;
      throw error;
    });
    return this.#project;
  }

  /**
   * @param operation - what it is needed for
   * @throws RegistryError when the region has no instance of that domain
   */
  get(
    operation: string,
    options: RegistryCallOptions,
  ): Promise<EnterpriseEdition> {
    this.#edition ??= this.#open(operation, options).catch(error => {
      this.#edition = undefined;
      throw error;
    });
    return this.#edition;
  }

  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const edition = await this.get('get a temporary login', options);
    return edition.login(options);
  }

  async #open(
    operation: string,
    { priority }: RegistryCallOptions,
  ): Promise<EnterpriseEdition> {
    const projectId = await this.project(operation, { priority });
    return new EnterpriseEdition(
      this.#api,
      await findInstance(this.#api, this.#address, projectId, operation, {
        priority,
      }),
    );
  }
}
