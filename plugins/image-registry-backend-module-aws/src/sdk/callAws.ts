import { RegistryCallOptions } from '@slipway/backstage-plugin-image-registry-node';
import { AwsCall, toRegistryError } from './awsError';
import { SdkCallOptions } from './GuardedRequestHandler';

/** A call of an API of AWS. */
export type AwsApiCall = AwsCall & RegistryCallOptions;

/**
 * Makes a call through the SDK.
 *
 * @param send - sends the command with these options
 * @throws RegistryError that names the operation, and the IAM action when it
 * is missing
 */
export async function callAws<T>(
  { signal, priority, ...call }: AwsApiCall,
  send: (options: SdkCallOptions) => Promise<T>,
): Promise<T> {
  try {
    return await send({
      operation: call.operation,
      ...(priority && { priority }),
      ...(signal && { abortSignal: signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw toRegistryError(error, call);
  }
}
