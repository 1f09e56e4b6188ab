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
 * The registries that may be used, and the kinds that there are.
 *
 * @public
 */
export function useRegistries(): ImageRegistryQuery<Registries> {
  return useImageRegistryQuery(
    async (api, signal) => {
      const [registries, providers] = await Promise.all([
        api.listRegistries({ signal }),
        api.listProviders({ signal }),
      ]);
      return { registries: registries.items, providers };
    },
    [],
    { topics: ['registry'] },
  );
}
