import { ProviderDescriptor } from '../api/providers';
import { matchesHostPattern } from './host';
import { RegistryAddress } from './RegistryAddress';

/**
 * The provider whose hosts name the address most exactly.
 * @returns undefined when none names it
 */
export function suggestProvider<
  T extends Pick<ProviderDescriptor, 'id' | 'hosts'>,
>(
  address: Pick<RegistryAddress, 'host' | 'registry'>,
  descriptors: Iterable<T>,
): T | undefined {
  let best: T | undefined;
  let bestLength = 0;
  for (const descriptor of descriptors) {
    for (const pattern of descriptor.hosts) {
      const matches =
        matchesHostPattern(pattern, address.host) ||
        matchesHostPattern(pattern, address.registry);
      // An exact name beats every pattern, a longer pattern a shorter one.
      const length = pattern.startsWith('*')
        ? pattern.length
        : Number.MAX_SAFE_INTEGER;
      if (matches && length > bestLength) {
        best = descriptor;
        bestLength = length;
      }
    }
  }
  return best;
}
