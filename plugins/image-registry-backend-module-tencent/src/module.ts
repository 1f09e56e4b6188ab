import { createBackendModule } from '@backstage/backend-plugin-api';
import { imageRegistryProvidersExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { createTencentProvider } from './createTencentProvider';

/** Adds Tencent Container Registry to the kinds of registries. */
export const imageRegistryModuleTencent = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'tencent',
  register(env) {
    env.registerInit({
      deps: { providers: imageRegistryProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider(createTencentProvider());
      },
    });
  },
});
