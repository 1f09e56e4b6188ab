import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { imageRegistryClusterSignInsExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { createAwsSignIn } from './aws';
import { createAzureSignIn } from './azure';
import { createGoogleSignIn } from './google';

/** Adds the sign-ins of clouds to the clusters of the Kubernetes module. */
export const imageRegistryModuleKubernetesClouds = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'kubernetes-clouds',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        signIns: imageRegistryClusterSignInsExtensionPoint,
      },
      async init({ config, signIns }) {
        signIns.addSignIn(createAwsSignIn({ config }));
        signIns.addSignIn(createAzureSignIn());
        signIns.addSignIn(createGoogleSignIn({ config }));
      },
    });
  },
});
