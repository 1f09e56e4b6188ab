import {
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryQuery,
  useImageRegistryQuery,
} from './useImageRegistryQuery';

/** @public */
export interface Registries {
  registries: Registry[];
  providers: ProviderDescriptor[];
}

/**
 * The registries that the caller may see, and the kinds that there are.
 *
 * @param entityRef - only those that this component may use
 * @public
 */
export function useRegistries(
  entityRef?: string,
): ImageRegistryQuery<Registries> {
  return useImageRegistryQuery(
    async (api, signal) => {
      const [registries, providers] = await Promise.all([
        api.listRegistries({ entityRef }, { signal }),
        api.listProviders({ signal }),
      ]);
      return { registries: registries.items, providers };
    },
    [entityRef],
    { topics: ['registry'] },
  );
}
