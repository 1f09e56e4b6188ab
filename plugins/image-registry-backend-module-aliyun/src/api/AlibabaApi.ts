import { randomUUID } from 'node:crypto';
import {
  encodeQuery,
  RegistryCallOptions,
  RegistryError,
  RegistryHttp,
  RegistryHttpResponse,
  remedies,
  repeatThrottled,
} from '@slipway/backstage-plugin-image-registry-node';
import { AccessKeys, signAcs3 } from '../signing';
import { TITLE } from '../title';
import { toAlibabaError, toFailure } from './alibabaError';
import { urlSecrets } from './urlSecrets';

/** One call of an operation of Alibaba Cloud's API. */
export interface AlibabaCall extends RegistryCallOptions {
  method: 'GET' | 'POST' | 'PUT';
  /** Below the host, encoded; `/` for RPC operations. */
  path: string;
  query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Name of the operation in the vendor's reference. */
  action: string;
  version: string;
  /** What is being done, for the sentence of an error. */
  operation: string;
  /** The RAM action that the operation needs, for example `cr:ListRepository`. */
  permission: string;
}

/** Told with a body that says more than the status. */
const ACCEPTED_STATUSES = [400, 401, 403, 404, 409];
const JSON_TYPE = 'application/json; charset=utf-8';

/** Signed calls to one region's API of the Container Registry. */
export class AlibabaApi {
  readonly #http: RegistryHttp;
  readonly #keys: AccessKeys;
  readonly #host: string;

  /** @param host - for example `cr.cn-hangzhou.aliyuncs.com` */
  constructor(http: RegistryHttp, keys: AccessKeys, host: string) {
    this.#http = http;
    this.#keys = keys;
    this.#host = host;
  }

  /**
   * @returns the answer as JSON, whose fields nobody has looked at
   * @throws RegistryError; one of a missing right names the RAM action
   */
  call<T extends object>(call: AlibabaCall): Promise<T> {
    return repeatThrottled(() => this.#once<T>(call), call);
  }

  async #once<T extends object>(call: AlibabaCall): Promise<T> {
    const query = encodeQuery(call.query ?? {});
    const url = new URL(
      `https://${this.#host}${call.path}${query ? `?${query}` : ''}`,
    );
    const body =
      call.body === undefined ? undefined : JSON.stringify(call.body);
    const request = {
      method: call.method,
      url,
      action: call.action,
      version: call.version,
      ...(body !== undefined && { body, contentType: JSON_TYPE }),
    };
    const response = await this.#http.request({
      method: call.method,
      // What was signed is what is sent.
      url: url.href,
      body,
      headers: {
        accept: 'application/json',
        ...signAcs3(request, this.#keys, {
          now: Date.now(),
          nonce: randomUUID(),
        }),
      },
      operation: call.operation,
      priority: call.priority,
      signal: call.signal,
      maxRedirects: 0,
      secrets: urlSecrets(call),
      acceptStatuses: ACCEPTED_STATUSES,
    });
    const failure = toFailure(response);
    if (failure) {
      throw toAlibabaError(failure, response, call, this.#keys);
    }
    return this.#object<T>(response, call);
  }

  #object<T extends object>(
    response: RegistryHttpResponse,
    { operation }: AlibabaCall,
  ): T {
    const value = response.json<T | undefined>();
    if (typeof value !== 'object' || value === null) {
      throw new RegistryError(
        'invalid-response',
        `${TITLE}: could not ${operation} at ${
          this.#host
        }: the answer is no JSON object`,
        { hint: remedies.checkApiProxy },
      );
    }
    return value;
  }
}
