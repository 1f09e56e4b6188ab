import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { imageRegistryProvidersExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { createArtifactRegistryProvider } from './createArtifactRegistryProvider';

/** Adds Google Artifact Registry to the kinds of registries. */
export const imageRegistryModuleGoogle = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'google',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: imageRegistryProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        providers.addProvider(
          createArtifactRegistryProvider({
            ambientIdentity:
              config.getOptionalBoolean(
                'imageRegistry.google.ambientIdentity',
              ) ?? false,
          }),
        );
      },
    });
  },
});
