import { RegistryCallOptions } from '../provider/RegistryProvider';

/** What of a listing's options goes on to the vendor's API. */
export function callOptions({
  priority,
  signal,
}: RegistryCallOptions): RegistryCallOptions {
  return { priority, signal };
}
