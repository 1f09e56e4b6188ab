import {
  RegistryCallOptions,
  RegistryError,
  RegistryHttp,
  RegistryHttpResponse,
  remedies,
  repeatThrottled,
} from '@slipway/backstage-plugin-image-registry-node';
import { ApiKey, signTc3 } from '../signing';
import { TITLE } from '../title';
import { TencentFailure, toTencentError } from './tencentError';

/** One call of Tencent Cloud's API. */
export interface TencentCall extends RegistryCallOptions {
  /** Name of the operation in the vendor's reference; CAM calls it `tcr:<action>`. */
  action: string;
  region: string;
  parameters: object;
  /** What is being done, for the sentence of an error. */
  operation: string;
}

const HOST = 'tcr.tencentcloudapi.com';
const VERSION = '2019-09-24';

/** Signed calls to the API of the Container Registry. */
export class TencentApi {
  readonly #http: RegistryHttp;
  readonly #key: ApiKey;

  constructor(http: RegistryHttp, key: ApiKey) {
    this.#http = http;
    this.#key = key;
  }

  /**
   * @returns what is in `Response`, whose fields nobody has looked at
   * @throws RegistryError; the API tells failures with status 200
   */
  call<T extends object>(call: TencentCall): Promise<T> {
    return repeatThrottled(() => this.#once<T>(call), call);
  }

  async #once<T extends object>(call: TencentCall): Promise<T> {
    const body = JSON.stringify(call.parameters);
    const response = await this.#http.request({
      method: 'POST',
      url: `https://${HOST}/`,
      // What was signed is what is sent.
      body,
      headers: {
        accept: 'application/json',
        ...signTc3(
          {
            host: HOST,
            action: call.action,
            version: VERSION,
            region: call.region,
            body,
          },
          this.#key,
          Date.now(),
        ),
      },
      operation: call.operation,
      priority: call.priority,
      signal: call.signal,
      maxRedirects: 0,
    });
    return this.#read<T>(response, call);
  }

  #read<T extends object>(
    response: RegistryHttpResponse,
    call: TencentCall,
  ): T {
    const answer = response.json<
      { Response?: (T & { Error?: TencentFailure }) | null } | undefined
    >();
    const content = answer?.Response;
    if (typeof content !== 'object' || content === null) {
      throw new RegistryError(
        'invalid-response',
        `${TITLE}: could not ${call.operation} at ${HOST}: the answer holds no Response`,
        { hint: remedies.checkApiProxy },
      );
    }
    if (content.Error) {
      throw toTencentError(content.Error, response, call, this.#key);
    }
    return content;
  }
}
