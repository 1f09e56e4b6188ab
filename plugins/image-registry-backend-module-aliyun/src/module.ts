import { createBackendModule } from '@backstage/backend-plugin-api';
import { imageRegistryProvidersExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { createAlibabaProvider } from './createAlibabaProvider';

/** Adds Alibaba Cloud Container Registry to the kinds of registries. */
export const imageRegistryModuleAliyun = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'aliyun',
  register(env) {
    env.registerInit({
      deps: { providers: imageRegistryProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider(createAlibabaProvider());
      },
    });
  },
});
