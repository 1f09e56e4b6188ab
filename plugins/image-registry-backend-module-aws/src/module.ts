import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { imageRegistryProvidersExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { createEcrProvider } from './createEcrProvider';

/** Adds Amazon ECR to the kinds of registries. */
export const imageRegistryModuleAws = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'aws',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: imageRegistryProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        providers.addProvider(
          createEcrProvider({
            ambientIdentity:
              config.getOptionalBoolean('imageRegistry.aws.ambientIdentity') ??
              false,
          }),
        );
      },
    });
  },
});
