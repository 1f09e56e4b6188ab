import { createBackendModule } from '@backstage/backend-plugin-api';
import { imageRegistryProvidersExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { createHuaweiProvider } from './createHuaweiProvider';

/** Adds Huawei Cloud SWR to the kinds of registries. */
export const imageRegistryModuleHuawei = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'huawei',
  register(env) {
    env.registerInit({
      deps: { providers: imageRegistryProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider(createHuaweiProvider());
      },
    });
  },
});
