import { RegistryCallOptions } from '@slipway/backstage-plugin-image-registry-node';
import { AlibabaApi } from '../api';

const VERSION = '2018-12-01';

/** One call of an operation of the Enterprise Edition. */
export interface InstanceCall extends RegistryCallOptions {
  operation: string;
  /** The RAM action that the operation needs. */
  permission: string;
  /** Beside the instance's id. */
  parameters: Readonly<Record<string, string | number | undefined>>;
}

/** The RPC operations on one instance. */
export class InstanceApi {
  readonly #api: AlibabaApi;
  readonly #instanceId: string;

  constructor(api: AlibabaApi, instanceId: string) {
    this.#api = api;
    this.#instanceId = instanceId;
  }

  /**
   * @param action - name of the operation in the vendor's reference
   * @throws RegistryError
   */
  call<T extends object>(
    action: string,
    { operation, parameters, permission, priority, signal }: InstanceCall,
  ): Promise<T> {
    return this.#api.call<T>({
      method: 'POST',
      path: '/',
      query: { InstanceId: this.#instanceId, ...parameters },
      action,
      version: VERSION,
      operation,
      permission,
      priority,
      signal,
    });
  }
}
