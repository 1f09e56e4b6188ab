import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import {
  ClusterSignIn,
  imageRegistryClusterSignInsExtensionPoint,
  imageRegistryDeployDriversExtensionPoint,
} from '@slipway/backstage-plugin-image-registry-node';
import { readClusterSources } from './clusters';
import { KubernetesDeployDriver } from './KubernetesDeployDriver';

/** All pods must stay well for so long, unless configured otherwise. */
const DEFAULT_SETTLE_MS = 2_000;

/** Adds Kubernetes to where the image registry plugin deploys. */
export const imageRegistryModuleKubernetes = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'kubernetes',
  register(env) {
    const signIns = new Map<string, ClusterSignIn>();
    env.registerExtensionPoint(imageRegistryClusterSignInsExtensionPoint, {
      addSignIn(signIn) {
        if (signIns.has(signIn.authProvider)) {
          throw new Error(
            `There are two ways to sign in with ${signIn.authProvider}`,
          );
        }
        signIns.set(signIn.authProvider, signIn);
      },
    });
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        lifecycle: coreServices.lifecycle,
        drivers: imageRegistryDeployDriversExtensionPoint,
      },
      async init({ config, logger, lifecycle, drivers }) {
        const sources = readClusterSources(config, signIns);
        for (const { name, refusal } of sources) {
          if (refusal !== undefined) {
            logger.warn(`Kubernetes cluster ${name}: ${refusal.message}`);
          }
        }
        const settleKey = 'imageRegistry.kubernetes.settle';
        const driver = KubernetesDeployDriver.create({
          sources,
          settleMs: config.has(settleKey)
            ? durationToMilliseconds(
                readDurationFromConfig(config, { key: settleKey }),
              )
            : DEFAULT_SETTLE_MS,
        });
        lifecycle.addShutdownHook(() => driver.close());
        drivers.addDriver(driver);
        // So that the first page need not find out which clusters are down.
        driver.clusters().catch(error => logger.warn(error.message));
      },
    });
  },
});
