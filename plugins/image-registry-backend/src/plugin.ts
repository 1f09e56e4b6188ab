import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { IMAGE_REGISTRY_SIGNAL_CHANNEL } from '@slipway/backstage-plugin-image-registry-common';
import {
  imageRegistryDeployDriversExtensionPoint,
  imageRegistryProvidersExtensionPoint,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { createImageRegistry } from './createImageRegistry';
import { SignalPublisher } from './liveUpdates';
import { builtInProviders } from './providers';
import { Drivers } from './targets';

/**
 * Registries, images, webhooks, policies and rollouts.
 *
 * @public
 */
export const imageRegistryPlugin = createBackendPlugin({
  pluginId: 'image-registry',
  register(env) {
    const providers: RegistryProvider[] = [];
    const drivers = new Drivers();
    const addProvider = (provider: RegistryProvider) => {
      const { id } = provider.descriptor;
      if (providers.some(({ descriptor }) => descriptor.id === id)) {
        throw new Error(`There is a registry provider ${id} already`);
      }
      providers.push(provider);
    };
    builtInProviders().forEach(addProvider);

    env.registerExtensionPoint(imageRegistryProvidersExtensionPoint, {
      addProvider,
    });
    env.registerExtensionPoint(imageRegistryDeployDriversExtensionPoint, {
      addDriver: driver => drivers.add(driver),
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ httpRouter, lifecycle, signals, ...services }) {
        const publisher = new SignalPublisher(message => {
          signals
            .publish({
              recipients: { type: 'broadcast' },
              channel: IMAGE_REGISTRY_SIGNAL_CHANNEL,
              message,
            })
            .catch(error =>
              services.logger.debug(`Could not signal: ${error}`),
            );
        });
        const registry = await createImageRegistry({
          ...services,
          drivers,
          providers,
          publish: signal => publisher.publish(signal),
        });
        // The raw body of a webhook comes before any parser of bodies.
        httpRouter.use(registry.webhookRouter);
        httpRouter.addAuthPolicy({
          path: '/webhooks/:endpointId',
          allow: 'unauthenticated',
        });
        httpRouter.use(registry.router);
        lifecycle.addStartupHook(() => registry.start());
        lifecycle.addShutdownHook(() => registry.stop());
      },
    });
  },
});
