import {
  encodeQuery,
  RegistryCallOptions,
  RegistryHttp,
  RegistryHttpResponse,
  repeatThrottled,
} from '@slipway/backstage-plugin-image-registry-node';
import { AccessKeys, signSdk } from '../signing';
import { toFailure, toHuaweiError } from './huaweiError';

/** One call of an operation of Huawei Cloud's API. */
export interface HuaweiCall extends RegistryCallOptions {
  method: 'GET' | 'POST' | 'PUT';
  host: string;
  /** Encoded. */
  path: string;
  query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Project that the call belongs to, where it names one. */
  projectId?: string;
  /** What is being done, for the sentence of an error. */
  operation: string;
  /** The IAM action that the operation needs, for example `swr:repo:listRepos`. */
  permission: string;
}

/** Told with a body that says more than the status. */
const ACCEPTED_STATUSES = [400, 401, 403, 404, 409];
const JSON_TYPE = 'application/json';

/** Signed calls to the API of the Software Repository for Container. */
export class HuaweiApi {
  readonly #http: RegistryHttp;
  readonly #keys: AccessKeys;

  constructor(http: RegistryHttp, keys: AccessKeys) {
    this.#http = http;
    this.#keys = keys;
  }

  /** @throws RegistryError; one of a missing right names the IAM action */
  call(call: HuaweiCall): Promise<RegistryHttpResponse> {
    return repeatThrottled(() => this.#once(call), call);
  }

  async #once(call: HuaweiCall): Promise<RegistryHttpResponse> {
    const query = encodeQuery(call.query ?? {});
    const url = new URL(
      `https://${call.host}${call.path}${query ? `?${query}` : ''}`,
    );
    const body =
      call.body === undefined ? undefined : JSON.stringify(call.body);
    const response = await this.#http.request({
      method: call.method,
      // What was signed is what is sent.
      url: url.href,
      body,
      headers: {
        accept: JSON_TYPE,
        ...signSdk(
          {
            method: call.method,
            url,
            body,
            headers: {
              'content-type': JSON_TYPE,
              ...(call.projectId && { 'x-project-id': call.projectId }),
            },
          },
          this.#keys,
          Date.now(),
        ),
      },
      operation: call.operation,
      priority: call.priority,
      signal: call.signal,
      maxRedirects: 0,
      acceptStatuses: ACCEPTED_STATUSES,
    });
    if (response.status >= 400) {
      throw toHuaweiError(toFailure(response), response, call, this.#keys);
    }
    return response;
  }
}
