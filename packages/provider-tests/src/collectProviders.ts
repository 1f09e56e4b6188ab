import {
  BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  imageRegistryProvidersExtensionPoint,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Stands for the portal's backend and keeps what a module adds to it: start
 * the plugin with the module, then look at the providers.
 */
export function collectProviders(): {
  plugin: BackendFeature;
  providers: RegistryProvider[];
} {
  const providers: RegistryProvider[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'image-registry',
    register(env) {
      env.registerExtensionPoint(imageRegistryProvidersExtensionPoint, {
        addProvider: provider => {
          providers.push(provider);
        },
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  return { plugin, providers };
}
