import {
  RegistryCallOptions,
  RegistryConnection,
  RegistryHttp,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';
import { apiHost } from './addresses';
import { AlibabaApi } from './api';
import { AlibabaEdition, EnterpriseEdition, PersonalEdition } from './editions';
import { AlibabaInstance, findInstance, instanceOf } from './instance';
import { AccessKeys } from './signing';

/**
 * The edition that answers at an address, found out by the first challenge
 * that comes by, or by asking for one.
 */
export class EditionSource {
  /** The connection's own, and an ear on its challenges. */
  readonly http: RegistryHttp;
  readonly #connection: RegistryConnection;
  readonly #keys: AccessKeys;
  readonly #host: string;
  #edition: Promise<AlibabaEdition> | undefined;

  constructor(connection: RegistryConnection, keys: AccessKeys) {
    this.#connection = connection;
    this.#keys = keys;
    this.#host = new URL(connection.address).hostname;
    const { http } = connection;
    this.http = {
      request: async request => this.#noted(await http.request(request)),
      stream: request => http.stream(request),
      budget: () => http.budget(),
    };
  }

  /** @throws RegistryError when no registry of this vendor answers */
  get({ priority }: RegistryCallOptions): Promise<AlibabaEdition> {
    // Others may wait for the same answer: no caller's signal ends it.
    this.#edition ??= findInstance(this.#connection, { priority })
      .then(instance => this.#open(instance))
      .catch(error => {
        this.#edition = undefined;
        throw error;
      });
    return this.#edition;
  }

  #noted(response: RegistryHttpResponse): RegistryHttpResponse {
    if (
      !this.#edition &&
      response.status === 401 &&
      new URL(response.url).hostname === this.#host
    ) {
      const instance = instanceOf(response.headers['www-authenticate']);
      this.#edition = instance && Promise.resolve(this.#open(instance));
    }
    return response;
  }

  #open({ instanceId, region }: AlibabaInstance): AlibabaEdition {
    const api = new AlibabaApi(
      this.#connection.http,
      this.#keys,
      apiHost(region, this.#host),
    );
    return instanceId
      ? new EnterpriseEdition(api, instanceId)
      : new PersonalEdition(api);
  }
}
