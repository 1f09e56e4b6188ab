import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '../provider/RegistryError';

/**
 * Namespace and name, at vendors whose repositories all have a namespace.
 *
 * @param words - the vendor's word for a namespace, and how names are written
 * @throws RegistryError `not-found` when there is no namespace
 */
export function splitRepository(
  repository: string,
  words: { title: string; place: string; hint: Reason },
): { namespace: string; name: string } {
  const slash = repository.indexOf('/');
  if (slash <= 0) {
    throw new RegistryError(
      'not-found',
      `${words.title}: ${repository} cannot exist: repositories there begin with their ${words.place}`,
      { hint: words.hint },
    );
  }
  return {
    namespace: repository.slice(0, slash),
    name: repository.slice(slash + 1),
  };
}
